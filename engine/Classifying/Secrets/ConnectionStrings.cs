using Interven.Contracts;

namespace Interven.Engine.Classifying.Secrets;

/// <summary>Connection strings of the form <c>Server=…;User Id=…;Password=…</c>: the whole of it, for host and user are half the secret.</summary>
static class ConnectionStrings
{
    const int Reach = 512;

    static readonly string[] Places = ["server=", "host=", "data source=", "endpoint=", "accountname=", "address=", "addr=", "hostname="];

    public static IEnumerable<Detector> Detectors { get; } =
        [new("connection_string", new Trigger.Keywords("password=", "pwd=", "accountkey=", "sharedaccesskey=", "sharedaccesssignature="), Inspect)];

    static void Inspect(in Probe probe)
    {
        var value = probe.Text[(probe.At + probe.Length)..];
        value = value[..Math.Min(value.Length, Reach)];
        var valueEnd = value.IndexOfAny(Stops.Setting);
        var secret = (valueEnd < 0 ? value : value[..valueEnd]).Trim();
        if (secret.Length < 3)
            return;
        var start = Math.Max(0, probe.At - Reach);
        var before = probe.Text[start..probe.At].LastIndexOfAny(Stops.Settings);
        start += before + 1;
        var rest = probe.Text[probe.At..Math.Min(probe.Text.Length, probe.At + Reach)];
        var end = rest.IndexOfAny(Stops.Settings);
        var whole = probe.Text[start..(probe.At + (end < 0 ? rest.Length : end))];
        if (whole.Count(';') < 2 || Placeholders.IsPlaceholder(secret) || !HasPlace(whole))
            return;
        var lead = whole.Length - whole.TrimStart().Length;
        probe.Report(Kinds.ConnectionString, Confidence.High, start + lead, whole.Trim().Length);
    }

    static bool HasPlace(ReadOnlySpan<char> whole)
    {
        foreach (var place in Places)
            if (whole.Contains(place, StringComparison.OrdinalIgnoreCase))
                return true;
        return false;
    }
}
