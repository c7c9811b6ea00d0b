using Interven.Grains.Ports;

namespace Interven.Grains.People;

/// <summary>People and machines as others call them. Whoever was removed keeps a name.</summary>
public sealed class PeopleNames(IUserStore users, IServiceAccountStore accounts)
{
    /// <summary>For words that need a name, whatever it is.</summary>
    /// <param name="tenant">Whose people.</param>
    /// <param name="person">As votes name them: <c>kind/id</c>.</param>
    public async ValueTask<string> Of(TenantId tenant, string person) => await Find(tenant, person) ?? Split(person) switch
    {
        ("user", _) => "a console user",
        ("service_account", var id) => $"service account {id}",
        _ => person,
    };

    /// <summary>Null for what has no name but its id.</summary>
    public async ValueTask<string?> Find(TenantId tenant, string person) => Split(person) switch
    {
        ("user", var id) when Guid.TryParse(id, out var user) => (await users.Find(tenant, new(user)))?.Email,
        ("service_account", var id) when await accounts.Find(new(id)) is { } account && account.Account.Tenant == tenant => $"service account {account.Account.Name}",
        ("slack" or "slack_user", var id) => $"Slack member {id[(id.IndexOf('/', StringComparison.Ordinal) + 1)..]}",
        ("system", _) => "Interven",
        _ => null,
    };

    /// <summary>For what names the same people again and again: each is looked up once.</summary>
    public NameBook Book(TenantId tenant) => new(this, tenant);

    static (string Kind, string Id) Split(string person) =>
        person.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash ? (person[..slash], person[(slash + 1)..]) : ("", person);
}

/// <summary>The names of one page.</summary>
public sealed class NameBook(PeopleNames names, TenantId tenant)
{
    readonly Dictionary<string, string?> known = new(StringComparer.Ordinal);

    public async ValueTask<string?> Of(string? person)
    {
        if (person is null)
            return null;
        if (!known.TryGetValue(person, out var name))
            known[person] = name = await names.Find(tenant, person);
        return name;
    }
}
