using Interven.Contracts.Alerts;

namespace Interven.Grains.Ports;

/// <summary>Sends one sample to a channel at once, and says what became of it.</summary>
public interface IAlertTest
{
    Task<AlertTestResult> Send(TenantDocument channel, CancellationToken cancel = default);
}
