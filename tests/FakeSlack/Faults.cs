namespace Interven.FakeSlack;

/// <summary>What goes wrong, by webhook or for all of them.</summary>
public sealed class Faults
{
    readonly Lock gate = new();
    readonly Dictionary<string, Fault> faults = new(StringComparer.Ordinal);

    /// <param name="mode"><c>ok</c>, <c>hang</c>, <c>slow</c>, <c>500</c>, <c>429</c>, <c>redirect</c>, <c>no_service</c>, <c>down</c> (the connection is cut).</param>
    /// <param name="place">A webhook's name, <c>response</c> for response URLs, or <c>*</c>.</param>
    /// <param name="times">How often; then it is well again.</param>
    /// <param name="retryAfter">Seconds that a 429 names.</param>
    public void Set(string mode, string place = "*", int times = int.MaxValue, int retryAfter = 1)
    {
        lock (gate)
            if (mode == "ok")
                faults.Remove(place);
            else
                faults[place] = new(mode, times, retryAfter);
    }

    internal Fault? Next(string place)
    {
        lock (gate)
        {
            var at = faults.ContainsKey(place) ? place : "*";
            if (!faults.TryGetValue(at, out var fault))
                return null;
            if (fault.Left == 1)
                faults.Remove(at);
            else
                faults[at] = fault with { Left = fault.Left - 1 };
            return fault;
        }
    }

    internal sealed record Fault(string Mode, int Left, int RetryAfter);
}
