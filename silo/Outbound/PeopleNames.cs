using Interven.Contracts;
using Interven.Grains.Ports;

namespace Interven.Silo.Outbound;

/// <summary>People as cards call them.</summary>
sealed class PeopleNames(IUserStore users)
{
    /// <param name="tenant">Whose people.</param>
    /// <param name="person">As votes name them: <c>kind/id</c>.</param>
    public async ValueTask<string> Of(TenantId tenant, string person)
    {
        var slash = person.IndexOf('/', StringComparison.Ordinal);
        var (kind, id) = slash < 0 ? ("", person) : (person[..slash], person[(slash + 1)..]);
        return kind switch
        {
            "user" when Guid.TryParse(id, out var user) => (await users.Find(tenant, new(user)))?.Email ?? "a console user",
            "slack" => $"Slack member {id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..]}",
            "service_account" => $"service account {id}",
            "system" => "Interven",
            _ => person,
        };
    }
}
