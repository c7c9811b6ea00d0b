using System.Collections.Frozen;
using Interven.Contracts;
using Interven.Engine.Approvals;
using Interven.Engine.Classifying;
using Interven.Engine.Normalising;
using Interven.Engine.Reading;
using Interven.Engine.Risk;

namespace Interven.Engine.Deciding;

/// <summary>
/// A credential where it belongs sets no class (ruling 9): an auth header, or a webhook's own URL, addressed to the credential's vendor, or any auth
/// header to an internal domain. A token of no known vendor belongs to whatever known tool its auth header goes to, and to no unknown host.
/// </summary>
static class OwnCredentials
{
    sealed record Home(string[] Tools, string[] Hosts);

    static readonly FrozenDictionary<string, Home> Homes = RiskData.Load("Deciding/credential-homes.yaml").Children
        .Select(pair => (Vendor: pair.Key.ToString(), Map: (YamlDotNet.RepresentationModel.YamlMappingNode)pair.Value))
        .ToFrozenDictionary(row => row.Vendor, row => new Home(row.Map.Words("tools"), row.Map.Words("hosts")), StringComparer.Ordinal);

    public static void SetAside(ToolCall call, ScanText text, FindingList findings, FindingList atHome)
    {
        if (findings.Count == 0)
            return;
        foreach (ref readonly var finding in findings.Items)
            if (Belongs(finding, call, text))
                atHome.Add(finding);
        if (atHome.Count > 0)
            Remove(call, text, findings);
    }

    static void Remove(ToolCall call, ScanText text, FindingList findings) => findings.RemoveWhere(finding => Belongs(finding, call, text));

    static bool Belongs(in Finding finding, ToolCall call, ScanText text)
    {
        if (finding.Kind.Classes != DataClasses.Secrets)
            return false;
        var segment = Carrier(text, finding.Segment);
        return text.Segments[segment].Origin switch
        {
            TextOrigin.HeaderValue => AuthHeaders.Contains(text.FieldOf(segment)) && (!call.IsExternal || IsHome(finding.Kind.Vendor, call)),
            TextOrigin.Url => finding.Kind.Vendor is not null && IsHome(finding.Kind.Vendor, call),
            _ => false,
        };
    }

    static bool IsHome(string? vendor, ToolCall call)
    {
        if (vendor is null)
            return call.UrlIsKnown;
        if (call.UrlIsKnown && call.Tool == vendor)
            return true;
        if (!Homes.TryGetValue(vendor, out var home))
            return false;
        return call.UrlIsKnown && home.Tools.Contains(call.Tool, StringComparer.Ordinal)
            || call.Scheme == "https" && home.Hosts.Any(host => IsWithin(call.Host, host));
    }

    static bool IsWithin(string host, string domain) =>
        host.EndsWith(domain, StringComparison.OrdinalIgnoreCase) && (host.Length == domain.Length || host[host.Length - domain.Length - 1] == '.');

    /// <summary>The segment as it was sent that a decoded one stems from.</summary>
    static int Carrier(ScanText text, int segment)
    {
        while (text.Segments[segment].Carrier is var carrier and >= 0 && carrier < segment)
            segment = carrier;
        return segment;
    }
}
