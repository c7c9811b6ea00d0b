using System.Reflection;

namespace Interven.Cluster.Tests.Running;

/// <summary>Folders that the build knows.</summary>
static class Places
{
    public static string Root { get; } = Of("Root");

    public static string Silo { get; } = Of("Silo");

    public static string FrontEnd { get; } = Of("FrontEnd");

    static string Of(string name) => Path.GetFullPath(
        typeof(Places).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == name).Value!);
}
