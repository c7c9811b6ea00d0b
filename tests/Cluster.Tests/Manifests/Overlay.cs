using Interven.Cluster.Tests.Running;
using k8s;
using k8s.Models;

namespace Interven.Cluster.Tests.Manifests;

/// <summary>An overlay as it would be applied: built by kubectl, read strictly, so that a misspelt field is an error.</summary>
sealed class Overlay
{
    Overlay(string name, List<object> items) => (Name, Items) = (name, items);

    public string Name { get; }

    public List<object> Items { get; }

    public static async Task<Overlay> Build(string name) =>
        Parse(name, await Command.Run("kubectl", ["kustomize", Path.Combine(Places.Root, "k8s/overlays", name)]));

    public static Overlay Parse(string name, string yaml) => new(name, KubernetesYaml.LoadAllFromString(OfKubernetesItself(yaml), typeMap: null, strict: true));

    /// <summary>Without the Prometheus operator's kinds, which the client does not know.</summary>
    static string OfKubernetesItself(string yaml) =>
        string.Join("\n---\n", yaml.Split("\n---\n").Where(document => !document.Contains("apiVersion: monitoring.coreos.com/", StringComparison.Ordinal)));

    public IEnumerable<T> All<T>() => Items.OfType<T>();

    public IEnumerable<Workload> Workloads =>
    [
        .. All<V1Deployment>().Select(one => new Workload("Deployment", one.Metadata.Name, one.Spec.Template)),
        .. All<V1StatefulSet>().Select(one => new Workload("StatefulSet", one.Metadata.Name, one.Spec.Template)),
        .. All<V1Job>().Select(one => new Workload("Job", one.Metadata.Name, one.Spec.Template)),
    ];
}

sealed record Workload(string Kind, string Name, V1PodTemplateSpec Template)
{
    public V1PodSpec Pod => Template.Spec;

    public bool Serves => Kind != "Job";

    /// <summary>Ours, as opposed to what a development overlay brings along.</summary>
    public bool IsProduct => Name.StartsWith("interven-", StringComparison.Ordinal);

    public bool IsSelectedBy(IDictionary<string, string>? labels) =>
        labels is null || labels.All(wanted => Template.Metadata.Labels.TryGetValue(wanted.Key, out var value) && value == wanted.Value);
}
