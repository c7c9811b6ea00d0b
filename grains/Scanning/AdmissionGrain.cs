using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Keys;
using Interven.Grains.Leases;
using Interven.Grains.Tenants;
using Microsoft.Extensions.Logging;

namespace Interven.Grains.Scanning;

[GrainType("admission"), StatelessWorker, Reentrant]
sealed partial class AdmissionGrain(KeyGate gate, TenantCache tenants, SiloLease lease, ILogger<AdmissionGrain> log) : Grain, IAdmissionGrain
{
    /// <summary>How long a front end may go by what it was told; whatever it admits is checked again at the scan.</summary>
    const int LeaseMilliseconds = 2000;

    public async Task<Reply<Admission>> Admit(string token, string clientAddress)
    {
        try
        {
            return await Ask(token, clientAddress);
        }
        catch (Exception e)
        {
            Failed(log, e.GetType().Name);
            return new Refusal(503, ReasonCodes.AuditUnavailable, "The key cannot be looked up now. Try again.", RetryAfterSeconds: 1);
        }
    }

    public Task<bool> Pulse() => Task.FromResult(lease.IsValid);

    async Task<Reply<Admission>> Ask(string token, string clientAddress)
    {
        var (key, refusal) = await gate.Enter(token, clientAddress);
        if (key is null)
            return refusal!;
        if (await tenants.Find(key.Tenant) is not { } tenant)
            return new Refusal(401, ReasonCodes.InvalidKey, "The API key is unknown, expired or revoked.");
        var admission = new Admission(key.KeyId, key.Tenant.Value, key.AllowlistText, key.Scopes, key.ErrorsAsDeny,
            tenant.Settings.KeyScansPerMinute, tenant.Settings.TenantScansPerMinute, LeaseMilliseconds, key.CountedKeyId);
        return new() { Value = admission, Refusal = refusal };
    }

    [LoggerMessage(2204, LogLevel.Warning, "A key could not be looked up: {Exception}")]
    static partial void Failed(ILogger logger, string exception);
}
