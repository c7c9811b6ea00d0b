using System.Collections.Concurrent;
using System.Net;
using Interven.ApiFrontend.Http;
using Interven.Contracts;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Scanning;

namespace Interven.ApiFrontend.Scanning;

/// <summary>
/// Decides who may come in before a byte of the body is read: key → address → rate. Goes by a lease of what the silos said of the key; what the
/// lease would refuse is asked again, so that a widened allowlist counts at once, and <see cref="IScanGrain"/> checks everything once more.
/// </summary>
sealed class Door(Lanes lanes, RateLimits limits, TimeProvider clock)
{
    const int MostLeases = 50_000;
    readonly ConcurrentDictionary<string, Lease> leases = new(StringComparer.Ordinal);

    /// <param name="http">The call.</param>
    /// <param name="scope">What the key must be allowed.</param>
    /// <param name="again">Whether the silos are asked afresh: everywhere but where they check the key once more themselves.</param>
    public ValueTask<Entry> Enter(HttpContext http, string scope, bool again) => Enter(http, BearerToken(http), scope, again);

    /// <summary>As the other, for a token that came by another way than the Authorization header.</summary>
    public async ValueTask<Entry> Enter(HttpContext http, string? token, string scope, bool again)
    {
        if (token is null || !KeyFormat.TryParse(token, out var key) || key.Kind == KeyKind.Service)
            return new(null, "", new(401, ReasonCodes.InvalidKey, "A valid API key is required: Authorization: Bearer iv_live_…"));
        var address = ClientAddress.Of(http);
        var lease = await LeaseOf(token, key.Id, address, again);
        if (lease.Refusal is not null)
            return new(lease.Admission, token, lease.Refusal);
        var admission = lease.Admission!;
        if (limits.Take(admission) is { } tooMany)
            return new(admission, token, tooMany);
        if (!admission.Scopes.Contains(scope))
            return new(admission, token, new(403, ReasonCodes.MissingScope, $"The API key lacks the scope `{scope}`; mint one that has it."));
        return new(admission, token, null);
    }

    async ValueTask<Lease> LeaseOf(string token, string keyId, string address, bool again)
    {
        if (!again && leases.TryGetValue(token, out var known) && clock.GetTimestamp() < known.Until && Allows(known.Allowlist, address))
            return known;
        var reply = await LostSilo.Ask(clock, tries => lanes.Door(keyId.GetHashCode(StringComparison.Ordinal) + tries).Ask(grain => grain.Admit(token, address)));
        if (reply.Refusal is { } refusal)
        {
            leases.TryRemove(token, out _);
            return new(reply.Value, [], 0, refusal);
        }
        var admission = reply.Value!;
        var until = clock.GetTimestamp() + admission.LeaseMilliseconds * clock.TimestampFrequency / 1000;
        var lease = new Lease(admission, [.. admission.IpAllowlist.Select(block => AddressBlocks.Parse(block))], until, null);
        if (leases.Count >= MostLeases)
            leases.Clear();
        return leases[token] = lease;
    }

    static bool Allows(IPNetwork[] allowlist, string address) =>
        allowlist.Length == 0 || IPAddress.TryParse(address, out var ip) && Array.Exists(allowlist, block => block.Contains(ip));

    static string? BearerToken(HttpContext http)
    {
        var header = http.Request.Headers.Authorization;
        return header is [{ } value] && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? value[7..].Trim() : null;
    }

    sealed record Lease(Admission? Admission, IPNetwork[] Allowlist, long Until, Refusal? Refusal);
}

/// <summary>What the door says: come in, or why not.</summary>
/// <param name="Admission">Known even with a refusal where the key itself was good.</param>
readonly record struct Entry(Admission? Admission, string Token, Refusal? Refusal);
