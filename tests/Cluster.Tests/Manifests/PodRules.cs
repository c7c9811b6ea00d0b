using k8s.Models;

namespace Interven.Cluster.Tests.Manifests;

/// <summary>What must hold of every pod that we ask a cluster to run.</summary>
static class PodRules
{
    public static IEnumerable<string> Problems(Workload workload) =>
        OfPod(workload).Concat(workload.Pod.Containers.SelectMany(container => OfContainer(workload, container)))
            .Select(problem => $"{workload.Kind} {workload.Name}: {problem}");

    static IEnumerable<string> OfPod(Workload workload)
    {
        var pod = workload.Pod;
        if (pod.AutomountServiceAccountToken != false)
            yield return "gets a service account's token";
        if (pod.SecurityContext is not { RunAsNonRoot: true, RunAsUser: > 0, SeccompProfile.Type: "RuntimeDefault" })
            yield return "its pod may run as root or without seccomp";
        if (pod.HostNetwork == true || pod.HostPID == true || pod.HostIPC == true || pod.Volumes?.Any(volume => volume.HostPath is not null) == true)
            yield return "reaches into the node";
        if (pod.Volumes?.Any(volume => volume.EmptyDir is { SizeLimit: null }) == true)
            yield return "has an emptyDir without a size limit";
        if (workload is { Serves: true, IsProduct: true } && pod.TopologySpreadConstraints is not { Count: > 0 })
            yield return "is not spread over nodes and zones";
        if (workload is { Serves: true, IsProduct: true } && pod.TerminationGracePeriodSeconds is not >= 45)
            yield return "has less than 45 s to drain";
    }

    static IEnumerable<string> OfContainer(Workload workload, V1Container container)
    {
        if (!IsPinned(container.Image))
            yield return $"image `{container.Image}` is not pinned to a version";
        foreach (var what in (string[])["cpu", "memory", "ephemeral-storage"])
        {
            if (container.Resources?.Requests?.ContainsKey(what) != true)
                yield return $"requests no {what}";
            if (container.Resources?.Limits?.ContainsKey(what) != true)
                yield return $"has no limit of {what}";
        }
        if (container.SecurityContext is not { AllowPrivilegeEscalation: false, ReadOnlyRootFilesystem: true, Privileged: null or false })
            yield return "may write to its root or gain privileges";
        if (container.SecurityContext?.Capabilities is not { Drop: ["ALL"], Add: null })
            yield return "keeps capabilities";
        foreach (var problem in workload.Serves ? OfProbes(workload, container) : [])
            yield return problem;
        foreach (var mount in container.VolumeMounts ?? [])
            if (!IsThere(workload, mount.Name))
                yield return $"mounts `{mount.Name}`, which is no volume";
    }

    static IEnumerable<string> OfProbes(Workload workload, V1Container container)
    {
        (string Name, V1Probe? Probe)[] probes = [("startup", container.StartupProbe), ("readiness", container.ReadinessProbe), ("liveness", container.LivenessProbe)];
        foreach (var (name, probe) in probes)
            if (probe is null)
                yield return $"has no {name} probe";
            else if (probe.HttpGet is { } get && container.Ports?.Any(port => port.Name == get.Port.Value) != true)
                yield return $"its {name} probe asks port `{get.Port.Value}`, which it does not have";
        if (workload.IsProduct && container.LivenessProbe?.HttpGet?.Path is not (null or "/health/live"))
            yield return "its liveness probe asks more than whether the process runs";
    }

    static bool IsThere(Workload workload, string volume) =>
        workload.Pod.Volumes?.Any(one => one.Name == volume) == true || (workload.Kind == "StatefulSet" && volume == "data");

    static bool IsPinned(string image)
    {
        if (image.Contains("@sha256:", StringComparison.Ordinal))
            return true;
        var name = image[(image.LastIndexOf('/') + 1)..];
        return name.Split(':') is [_, var tag] && tag != "latest";
    }
}
