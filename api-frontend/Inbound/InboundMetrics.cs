using System.Diagnostics.Metrics;

namespace Interven.ApiFrontend.Inbound;

sealed class InboundMetrics
{
    readonly Counter<long> failedOpen;

    public InboundMetrics(IMeterFactory meters)
    {
        failedOpen = meters.Create("Interven").CreateCounter<long>("interven.inbound.fail_open", description: "Calls that inbound routes let through undecided, because they are set to FAIL_OPEN.");
        failedOpen.Add(0);
    }

    public void FailedOpen() => failedOpen.Add(1);
}
