using Interven.Contracts.Access;

namespace Interven.Grains.Ports;

/// <summary>Who is signed in. A session is found by the keyed hash of its token, and asked for anew at every call: what has ended is not believed once more.</summary>
public interface ISessionStore
{
    /// <summary>
    /// Opens it, notes a person's sign-in and forgets the attempts before it. Null where the owner was changed meanwhile (removed, another password) or is gone.
    /// </summary>
    ValueTask<SessionRow?> Open(NewSession session, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Null where there is none, or its time is over.</summary>
    ValueTask<SessionRow?> Find(byte[] hash, CancellationToken cancel = default);

    /// <summary>Begins the idle time anew.</summary>
    ValueTask Seen(TenantId tenant, SessionId session, CancellationToken cancel = default);

    /// <summary>Newest first; of one owner, or of all.</summary>
    ValueTask<IReadOnlyList<SessionRow>> List(TenantId tenant, string? owner, CancellationToken cancel = default);

    /// <summary>NotFound where the owner has no such session.</summary>
    ValueTask<Changed<SessionRow>> End(TenantId tenant, SessionId session, string? owner, AuditRow audit, CancellationToken cancel = default);

    /// <summary>Deletes what is over, sessions and attempts of a day ago; returns how many.</summary>
    ValueTask<int> DeleteOver(int limit, CancellationToken cancel = default);
}

/// <summary>UUIDv7 of a session.</summary>
public readonly record struct SessionId(Guid Value)
{
    public override string ToString() => Value.ToString("D");
}

public sealed record NewSession
{
    public const string OfUser = "user";
    public const string OfServiceAccount = "service_account";

    public required TenantId Tenant { get; init; }
    public required SessionId Session { get; init; }

    /// <summary>Keyed hash of the token.</summary>
    public required byte[] Hash { get; init; }

    /// <summary><see cref="OfUser"/> or <see cref="OfServiceAccount"/>.</summary>
    public required string Kind { get; init; }

    /// <summary>User id, or service account's id.</summary>
    public required string Owner { get; init; }

    /// <summary>A person's <see cref="UserRow.Version"/> that the sign-in was judged by; null for machines.</summary>
    public long? OwnerVersion { get; init; }

    /// <summary><c>password</c>, <c>totp</c>, <c>sso</c> or <c>token</c>.</summary>
    public required string Method { get; init; }

    public required string Ip { get; init; }
    public required string UserAgent { get; init; }

    /// <summary>Ends when nothing is asked for so long.</summary>
    public required TimeSpan Idle { get; init; }

    /// <summary>Ends at the latest after so long.</summary>
    public required TimeSpan Life { get; init; }

    /// <summary>Whose attempts are forgotten with it.</summary>
    public byte[]? AttemptsOf { get; init; }
}

public sealed record SessionRow(
    TenantId Tenant, SessionId Session, string Kind, string Owner, string Method, string Ip, string UserAgent,
    DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset IdleEndsAt, DateTimeOffset EndsAt)
{
    public UserId User => new(Guid.Parse(Owner));
}

/// <summary>Attempts to sign in, counted before a password is looked at, whether or not somebody has the address.</summary>
public interface ISignInAttempts
{
    /// <summary>Counts one more, unless it is locked; what counting it leads to is <paramref name="lockFor"/> of the new number.</summary>
    /// <param name="subject">Keyed hash of the address.</param>
    /// <param name="lockFor">How long it is locked from that many failures on.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>Null: go on. Else how long it is still locked.</returns>
    ValueTask<TimeSpan?> Take(byte[] subject, Func<int, TimeSpan> lockFor, CancellationToken cancel = default);
}
