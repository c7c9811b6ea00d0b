using Interven.Contracts.Access;
using Interven.Grains.Ports;
using Interven.Grains.Tenants;

namespace Interven.Grains.Approvals;

/// <summary>Whether a tenant's duties are apart (ruling 18): it wants them to be, and has enough people who may approve.</summary>
public sealed class SeparateDuties(IUserStore users, IServiceAccountStore accounts, TenantCache tenants)
{
    /// <summary>Nobody may approve what is their own, for there is always somebody else.</summary>
    public async ValueTask<bool> Hold(TenantId tenant) => await AreWanted(tenant) && (await Approvers(tenant)).Count > 1;

    /// <summary>Somebody else than this one may approve.</summary>
    public async ValueTask<bool> Hold(TenantId tenant, string actorId) => await AreWanted(tenant) && (await Approvers(tenant)).Exists(id => id != actorId);

    async ValueTask<bool> AreWanted(TenantId tenant) => await tenants.Find(tenant) is not { Settings.SeparationOfDuties: false };

    /// <summary>A person who was invited, but never came, is nobody yet, and the operator of the installation is none of its people.</summary>
    async ValueTask<List<string>> Approvers(TenantId tenant) =>
    [
        .. (await users.List(tenant)).Where(one => one.LastSignInAt is not null && Permission.ApprovalsChange.Allows(one.Role)).Select(one => one.User.ToString()),
        .. (await accounts.List(tenant)).Where(one => one.RevokedAt is null && one.Account.Role != Roles.Operator && Permission.ApprovalsChange.Allows(one.Account.Role))
            .Select(one => one.Account.Account.Value),
    ];
}
