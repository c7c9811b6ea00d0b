using k8s.Models;

namespace Interven.Cluster.Tests.Manifests;

/// <summary>What must hold of all manifests of an overlay together: whatever one names, another is.</summary>
static class SetRules
{
    /// <summary>Made by whoever keeps secrets; docs/operating.md lists them with their keys.</summary>
    static readonly Dictionary<string, string[]> OutsideSecrets = new()
    {
        ["interven-database"] = ["connection-string", "migration-connection-string"],
        ["interven-vault"] = ["encryption-key", "old-encryption-keys"],
        ["interven-operator"] = ["admin-token"],
    };

    public static List<string> Problems(Overlay overlay) =>
    [
        .. overlay.Workloads.SelectMany(PodRules.Problems),
        .. overlay.Workloads.SelectMany(workload => References(overlay, workload).Select(problem => $"{workload.Kind} {workload.Name}: {problem}")),
        .. overlay.Workloads.Where(one => one is { Serves: true, IsProduct: true }).SelectMany(one => Keeping(overlay, one)),
        .. overlay.Workloads.Where(one => !overlay.All<V1NetworkPolicy>().Any(policy => one.IsSelectedBy(policy.Spec.PodSelector.MatchLabels)))
            .Select(one => $"{one.Name} has no network policy"),
        .. overlay.All<V1NetworkPolicy>().Where(policy => policy.Spec.PolicyTypes is not ["Ingress", "Egress"]).Select(policy => $"network policy {policy.Metadata.Name} leaves a direction open"),
        .. overlay.All<V1Service>().SelectMany(service => Routing(overlay, service)),
        .. overlay.All<V2HorizontalPodAutoscaler>().SelectMany(scaler => Scaling(overlay, scaler)),
        .. overlay.All<V1ServiceAccount>().Where(account => account.AutomountServiceAccountToken != false).Select(account => $"account {account.Metadata.Name} hands its token out"),
        .. overlay.Name == "prod" ? overlay.All<V1ConfigMap>().Where(map => map.Data.Keys.Any(name => name.StartsWith("Interven__", StringComparison.Ordinal)) && !map.Data.ContainsKey("INTERVEN_PUBLIC_URL"))
            .Select(map => $"config map {map.Metadata.Name} does not say how people reach it") : [],
        .. overlay.Name == "prod" ? overlay.All<V1Secret>().Select(secret => $"secret {secret.Metadata.Name} is written into the manifests") : [],
    ];

    static IEnumerable<string> References(Overlay overlay, Workload workload)
    {
        if (!overlay.All<V1ServiceAccount>().Any(account => account.Metadata.Name == workload.Pod.ServiceAccountName))
            yield return $"service account `{workload.Pod.ServiceAccountName}` does not exist";
        foreach (var container in workload.Pod.Containers)
        {
            foreach (var map in (container.EnvFrom ?? []).Select(from => from.ConfigMapRef?.Name).OfType<string>())
                if (!overlay.All<V1ConfigMap>().Any(one => one.Metadata.Name == map))
                    yield return $"config map `{map}` does not exist";
            foreach (var secret in (container.Env ?? []).Select(variable => variable.ValueFrom?.SecretKeyRef).OfType<V1SecretKeySelector>())
                if (!Exists(overlay, secret))
                    yield return $"key `{secret.Key}` of secret `{secret.Name}` does not exist";
            foreach (var variable in container.Env ?? [])
                if (variable.Value is not null && variable.Name.Contains("PASSWORD", StringComparison.OrdinalIgnoreCase))
                    yield return $"`{variable.Name}` is written out";
        }
    }

    static bool Exists(Overlay overlay, V1SecretKeySelector wanted) =>
        overlay.All<V1Secret>().FirstOrDefault(secret => secret.Metadata.Name == wanted.Name) is { } made
            ? wanted.Optional == true || made.Data.ContainsKey(wanted.Key)
            : OutsideSecrets.TryGetValue(wanted.Name, out var keys) && keys.Contains(wanted.Key);

    static IEnumerable<string> Keeping(Overlay overlay, Workload workload)
    {
        if (!overlay.All<V1PodDisruptionBudget>().Any(budget => workload.IsSelectedBy(budget.Spec.Selector.MatchLabels)))
            yield return $"{workload.Name} has no disruption budget";
        if (!overlay.All<V2HorizontalPodAutoscaler>().Any(scaler => scaler.Spec.ScaleTargetRef.Name == workload.Name))
            yield return $"{workload.Name} has no autoscaler";
        if (overlay.All<V1Deployment>().FirstOrDefault(one => one.Metadata.Name == workload.Name) is not { Spec.Strategy.RollingUpdate.MaxUnavailable.Value: "0" })
            yield return $"{workload.Name} loses capacity while it is rolled";
    }

    static IEnumerable<string> Routing(Overlay overlay, V1Service service)
    {
        var targets = overlay.Workloads.Where(workload => workload.IsSelectedBy(service.Spec.Selector)).ToList();
        if (targets.Count == 0)
            yield return $"service {service.Metadata.Name} selects nothing";
        foreach (var port in service.Spec.Ports)
            if (!targets.Any(target => target.Pod.Containers.Any(container => container.Ports?.Any(one => one.Name == port.TargetPort.Value) == true)))
                yield return $"service {service.Metadata.Name} leads to port `{port.TargetPort.Value}`, which nothing has";
    }

    static IEnumerable<string> Scaling(Overlay overlay, V2HorizontalPodAutoscaler scaler)
    {
        if (!overlay.Workloads.Any(workload => workload.Name == scaler.Spec.ScaleTargetRef.Name && workload.Kind == scaler.Spec.ScaleTargetRef.Kind))
            yield return $"autoscaler {scaler.Metadata.Name} scales nothing";
        if (overlay.Name == "prod" && scaler.Spec.MinReplicas is not >= 2)
            yield return $"autoscaler {scaler.Metadata.Name} may leave one";
        if (overlay.All<V1Deployment>().Any(one => one.Metadata.Name == scaler.Spec.ScaleTargetRef.Name && one.Spec.Replicas is not null))
            yield return $"{scaler.Spec.ScaleTargetRef.Name} fixes its replicas against its autoscaler";
    }
}
