using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Keys;
using Interven.Grains.Tenants;

namespace Interven.Grains.Scanning;

[GrainType("admission"), StatelessWorker, Reentrant]
sealed class AdmissionGrain(KeyGate gate, TenantCache tenants) : Grain, IAdmissionGrain
{
    /// <summary>How long a front end may go by what it was told; whatever it admits is checked again at the scan.</summary>
    const int LeaseMilliseconds = 2000;

    public async Task<Reply<Admission>> Admit(string token, string clientAddress)
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
}
