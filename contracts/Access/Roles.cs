namespace Interven.Contracts.Access;

/// <summary>The roles of people and service accounts. What each may do is in <see cref="Permission"/>.</summary>
public static class Roles
{
    public const string Admin = "admin";
    public const string Developer = "developer";
    public const string Reviewer = "reviewer";

    /// <summary>Sees everything but credentials, keys and channels; changes nothing but the own account.</summary>
    public const string Auditor = "auditor";

    /// <summary>Whoever runs the installation: an admin of the first tenant who also makes and erases tenants. Never given to people.</summary>
    public const string Operator = "operator";

    /// <summary>The roles that a person or a service account can be given.</summary>
    public static IReadOnlyList<string> Given { get; } = [Admin, Developer, Reviewer, Auditor];

    public static IReadOnlyList<string> All { get; } = [.. Given, Operator];
}

/// <summary>UUIDv7 of a person.</summary>
public readonly record struct UserId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}
