namespace Interven.Cluster.Tests.Running;

static class Proxies
{
    /// <summary>haproxy with the very configuration that is deployed; test.sh installs it where it is missing.</summary>
    public static Node Haproxy(string frontEnd1, string frontEnd2)
    {
        var port = Ports.Free();
        return new("haproxy", "/usr/sbin/haproxy", ["-db", "-f", Path.Combine(Places.Root, "deploy/haproxy/haproxy.cfg")], new Dictionary<string, string>
        {
            ["INTERVEN_BIND"] = $"127.0.0.1:{port}",
            ["INTERVEN_FRONTEND_1"] = new Uri(frontEnd1).Authority,
            ["INTERVEN_FRONTEND_2"] = new Uri(frontEnd2).Authority,
            ["INTERVEN_ERRORS"] = Path.Combine(Places.Root, "deploy/haproxy"),
        })
        { Url = $"http://127.0.0.1:{port}" };
    }
}
