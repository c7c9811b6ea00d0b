using System.Diagnostics.Metrics;

namespace Interven.ApiFrontend.Scanning;

/// <summary>What operators watch at the door.</summary>
sealed class DoorMetrics
{
    readonly Counter<long> refusals;
    readonly Counter<long> failOpen;

    public DoorMetrics(IMeterFactory meters)
    {
        var meter = meters.Create("Interven");
        refusals = meter.CreateCounter<long>("interven.door.refusals", description: "Scans that were refused at the door, by reason: keys, addresses, rates, malformed calls, silos that did not answer.");
        failOpen = meter.CreateCounter<long>("interven.fail_open", description: "Permissive answers without a durable record that were stopped on their way out. Must stay 0.");
        failOpen.Add(0);
    }

    public void Refused(string reason) => refusals.Add(1, new KeyValuePair<string, object?>("reason", reason));

    /// <summary>
    /// The last look at an answer, by its bytes alone: one that permits something and says itself that it is not durable is stopped here, whatever
    /// has gone wrong inside.
    /// </summary>
    public bool FailsOpen(ReadOnlySpan<byte> answer)
    {
        if (answer.IndexOf("\"durable\":false"u8) < 0 || answer.StartsWith("{\"decision\":\"DENY\""u8))
            return false;
        failOpen.Add(1);
        return true;
    }
}
