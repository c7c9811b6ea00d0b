using k8s.Models;

namespace Interven.Cluster.Tests.Manifests;

public sealed class ManifestTests
{
    [Theory, InlineData("dev"), InlineData("prod")]
    public async Task An_overlay_builds_and_keeps_every_rule(string name) => Assert.Empty(SetRules.Problems(await Overlay.Build(name)));

    [Fact]
    public void A_misspelt_field_is_an_error() => Assert.ThrowsAny<Exception>(() => Overlay.Parse("typo", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\ndatas: { b: c }\n"));

    public static TheoryData<string> Damages => [.. Damage.Keys];

    [Theory, MemberData(nameof(Damages))]
    public async Task A_damaged_overlay_is_refused(string damage)
    {
        var overlay = await Overlay.Build("prod");
        var (inflict, expected) = Damage[damage];
        inflict(overlay);
        Assert.Contains(SetRules.Problems(overlay), problem => problem.Contains(expected, StringComparison.Ordinal));
    }

    static readonly Dictionary<string, (Action<Overlay> Inflict, string Expected)> Damage = new()
    {
        ["no startup probe"] = (all => Silo(all).StartupProbe = null, "no startup probe"),
        ["no readiness probe"] = (all => Silo(all).ReadinessProbe = null, "no readiness probe"),
        ["no liveness probe"] = (all => FrontEnd(all).LivenessProbe = null, "no liveness probe"),
        ["liveness asks the database"] = (all => Silo(all).LivenessProbe.HttpGet.Path = "/health/ready", "asks more than whether"),
        ["probe of another port"] = (all => Silo(all).ReadinessProbe.HttpGet.Port = "http", "which it does not have"),
        ["no limit of memory"] = (all => Silo(all).Resources.Limits.Remove("memory"), "no limit of memory"),
        ["no request of cpu"] = (all => FrontEnd(all).Resources.Requests.Remove("cpu"), "requests no cpu"),
        ["no resources"] = (all => Container(all, "interven-migrate").Resources = null, "no limit of cpu"),
        ["latest"] = (all => Silo(all).Image = "interven/silo:latest", "not pinned"),
        ["no tag, and a registry's port"] = (all => Silo(all).Image = "registry:5000/interven/silo", "not pinned"),
        ["root"] = (all => Pod(all, "interven-silo").SecurityContext.RunAsNonRoot = null, "may run as root"),
        ["writable root"] = (all => FrontEnd(all).SecurityContext.ReadOnlyRootFilesystem = false, "may write to its root"),
        ["capabilities"] = (all => FrontEnd(all).SecurityContext.Capabilities.Add = ["NET_ADMIN"], "keeps capabilities"),
        ["token"] = (all => Pod(all, "interven-silo").AutomountServiceAccountToken = true, "gets a service account's token"),
        ["node's files"] = (all => Pod(all, "interven-silo").Volumes[0].HostPath = new() { Path = "/" }, "reaches into the node"),
        ["unlimited emptyDir"] = (all => Pod(all, "interven-silo").Volumes[0].EmptyDir.SizeLimit = null, "without a size limit"),
        ["no spread"] = (all => Pod(all, "interven-silo").TopologySpreadConstraints = null, "not spread"),
        ["no time to drain"] = (all => Pod(all, "interven-frontend").TerminationGracePeriodSeconds = 5, "to drain"),
        ["unknown volume"] = (all => Silo(all).VolumeMounts[0].Name = "elsewhere", "which is no volume"),
        ["unknown secret"] = (all => Silo(all).Env.Last().ValueFrom.SecretKeyRef.Name = "another", "of secret `another`"),
        ["unknown key of a secret"] = (all => Silo(all).Env.Last().ValueFrom.SecretKeyRef.Key = "misspelt", "key `misspelt`"),
        ["unknown config map"] = (all => Silo(all).EnvFrom[0].ConfigMapRef.Name = "another", "config map `another`"),
        ["unknown account"] = (all => Pod(all, "interven-silo").ServiceAccountName = "another", "service account `another`"),
        ["no disruption budget"] = (all => all.Items.RemoveAll(one => one is V1PodDisruptionBudget), "no disruption budget"),
        ["no autoscaler"] = (all => all.Items.RemoveAll(one => one is V2HorizontalPodAutoscaler), "no autoscaler"),
        ["autoscaler of nothing"] = (all => all.All<V2HorizontalPodAutoscaler>().First().Spec.ScaleTargetRef.Name = "another", "scales nothing"),
        ["one replica"] = (all => all.All<V2HorizontalPodAutoscaler>().First().Spec.MinReplicas = 1, "may leave one"),
        ["fixed replicas"] = (all => all.All<V1Deployment>().First().Spec.Replicas = 3, "against its autoscaler"),
        ["capacity lost in a rollout"] = (all => all.All<V1Deployment>().First().Spec.Strategy = null, "loses capacity"),
        ["no network policy"] = (all => all.Items.RemoveAll(one => one is V1NetworkPolicy), "no network policy"),
        ["open egress"] = (all => all.All<V1NetworkPolicy>().First().Spec.PolicyTypes = ["Ingress"], "leaves a direction open"),
        ["service to nowhere"] = (all => all.All<V1Service>().First().Spec.Selector = new Dictionary<string, string> { ["app"] = "another" }, "selects nothing"),
        ["service to another port"] = (all => all.All<V1Service>().First().Spec.Ports[0].TargetPort = "another", "which nothing has"),
        ["links to nowhere"] = (all => all.All<V1ConfigMap>().First(map => map.Metadata.Name == "interven-silo").Data.Remove("INTERVEN_PUBLIC_URL"), "how people reach it"),
        ["a secret in the manifests"] = (all => all.Items.Add(new V1Secret { Metadata = new() { Name = "leaked" } }), "is written into"),
        ["a password in the open"] = (all => Silo(all).Env.Add(new() { Name = "PGPASSWORD", Value = "x" }), "is written out"),
    };

    static V1PodSpec Pod(Overlay overlay, string workload) => overlay.Workloads.Single(one => one.Name == workload).Pod;

    static V1Container Container(Overlay overlay, string workload) => Pod(overlay, workload).Containers[0];

    static V1Container Silo(Overlay overlay) => Container(overlay, "interven-silo");

    static V1Container FrontEnd(Overlay overlay) => Container(overlay, "interven-frontend");
}
