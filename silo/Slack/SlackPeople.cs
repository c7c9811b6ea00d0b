using Interven.Contracts;
using Interven.Contracts.Access;
using Interven.Grains.Ports;

namespace Interven.Silo.Slack;

/// <summary>The console users behind Slack members.</summary>
sealed class SlackPeople(IUserStore users)
{
    /// <summary>Null where the tenant has no such person any more.</summary>
    public async ValueTask<ConsoleUser?> Find(TenantId tenant, string email) => await users.FindByEmail(email) is { RemovedAt: null } row && row.Tenant == tenant
        ? new(row.User.ToString(), Permission.ApprovalsChange.Allows(row.Role))
        : null;
}

/// <param name="Id">As the console's own sessions name the person.</param>
/// <param name="MayDecide">The role allows it.</param>
sealed record ConsoleUser(string Id, bool MayDecide);
