using Interven.Contracts.People;
using Interven.GrainInterfaces.Tenants;

namespace Interven.GrainInterfaces.People;

/// <summary>Who comes in to <c>/api</c>. Key: <see cref="GrainKeys.Singleton"/>; runs on the silo that asks.</summary>
[Alias("sign-in"), GrainInterfaceType("sign-in")]
public interface ISignInGrain : IGrainWithStringKey
{
    /// <summary>Who a bearer token is (a service account, the operator); refuses unknown ones.</summary>
    [Alias("token")]
    Task<Reply<Principal>> WithToken(string token, string clientAddress);

    /// <summary>Who the token of a session cookie is; refuses what is over, was ended, or whose owner is gone.</summary>
    [Alias("session")]
    Task<Reply<Principal>> WithSession(string token, string clientAddress);

    /// <summary>
    /// A person's e-mail address, password and code. 401 BAD_CREDENTIALS alike for whatever is wrong, TOTP_REQUIRED where only the code is missing; 423 LOCKED_OUT
    /// after five failures, for one minute and then twice as long each time, at most fifteen; 429 after ten failures from one address in fifteen minutes.
    /// </summary>
    [Alias("password")]
    Task<Reply<SignedIn>> WithPassword(LoginRequest request, Actor from);

    /// <summary>A long-lived session that only looks, bound to the caller's address, for a service account's cookie jar.</summary>
    [Alias("jar")]
    Task<Reply<SignedIn>> ForCookieJar(Principal account, Actor actor);

    /// <summary>Puts the refusal of a change into the audit log.</summary>
    /// <param name="who">The caller.</param>
    /// <param name="actor">The caller, and from where.</param>
    /// <param name="endpoint">Method and route.</param>
    /// <param name="reason">The refusal's reason code.</param>
    [Alias("refused")]
    Task NoteRefusal(Principal who, Actor actor, string endpoint, string reason);
}

/// <summary>A session that was just opened.</summary>
/// <param name="Token">For the cookie; kept nowhere.</param>
/// <param name="EndsAt">At the latest.</param>
[GenerateSerializer, Immutable, Alias("signed-in")]
public sealed record SignedIn([property: Id(0)] string Token, [property: Id(1)] DateTimeOffset EndsAt, [property: Id(2)] LoginAnswer Answer);

/// <summary>How many sign-ins have failed from where, for some of all addresses. Key: <see cref="GrainKeys.Source"/>.</summary>
[Alias("sources"), GrainInterfaceType("sources")]
public interface ISourcesGrain : IGrainWithStringKey
{
    /// <summary>Counts an attempt as failed. Null: go on; else for how many seconds nobody is looked at from there.</summary>
    [Alias("take")]
    Task<int?> Take(string address);

    /// <summary>The attempt did not fail after all.</summary>
    [Alias("give-back")]
    Task GiveBack(string address);
}
