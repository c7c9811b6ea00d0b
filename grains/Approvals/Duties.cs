using Interven.Contracts.Access;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;

namespace Interven.Grains.Approvals;

/// <summary>Whether somebody may decide what their own key asked for (ruling 18).</summary>
sealed class Duties(IKeyStore keys, IEphemeralKeyStore ephemeralKeys, IServiceAccountStore accounts, TenantCache tenants)
{
    static readonly string[] Deciders = [.. Permission.ApprovalsChange.Roles];

    /// <summary>The person minted the calling key, or the key that the calling one was minted with.</summary>
    public async ValueTask<bool> IsOwn(ApprovalOpening opening, Actor actor)
    {
        var key = await keys.Find(new(opening.KeyId))
            ?? (await ephemeralKeys.Find(new(opening.KeyId)) is { } child ? await keys.Find(child.Parent) : null);
        return key?.Key.Tenant == opening.Tenant && key.Key.CreatedBy == actor.Id;
    }

    /// <summary>The tenant wants duties apart, and has somebody else who may approve.</summary>
    public async ValueTask<bool> AreSeparate(TenantId tenant, Actor actor) =>
        await tenants.Find(tenant) is not { Settings.SeparationOfDuties: false }
        && (await accounts.List(tenant)).Any(one => one.RevokedAt is null && one.Account.Account.Value != actor.Id && Deciders.Contains(one.Account.Role));
}
