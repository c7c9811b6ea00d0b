using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Interven.ApiFrontend.Errors;
using Interven.Contracts;
using Interven.GrainInterfaces;

namespace Interven.ApiFrontend.Identity;

/// <summary>
/// Counts credentials that were no good by the address they came from (IPv6: one /64), minute by minute, in this process alone. Past the limit the
/// address is told to wait. While nobody has failed, it costs a look at a number.
/// </summary>
sealed class FailedCallers
{
    /// <summary>Bounds of the memory of one minute; what comes beyond is answered as ever, and not counted.</summary>
    internal const int MostSources = 20_000, MostKnown = 10_000;

    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    readonly int limit;
    readonly TimeProvider clock;
    readonly Counter<long> failures;
    readonly Counter<long> limited;
    Minute current;

    public FailedCallers(FrontEndOptions options, TimeProvider clock, IMeterFactory meters)
    {
        (limit, this.clock) = (options.RateLimitDisabled ? 0 : options.FailedAuthPerMinute, clock);
        var meter = meters.Create("Interven");
        failures = meter.CreateCounter<long>("interven.auth.failures", description: "Calls with a credential that was no good.");
        limited = meter.CreateCounter<long>("interven.auth.limited", description: "Such calls that were told to wait, for too many had come from their address.");
        current = new(clock.GetTimestamp());
    }

    public bool IsQuiet => current.Sources.IsEmpty;

    /// <summary>Counts a 401. The refusal to give instead, where the address has had too many.</summary>
    public Refusal? Failed(HttpContext http)
    {
        if (limit == 0 || !ShowsCredential(http))
            return null;
        failures.Add(1);
        var minute = Now();
        minute.Known.TryRemove(HashOf(http), out _);
        var source = SourceOf(http);
        if (!minute.Sources.TryGetValue(source, out var count))
        {
            if (minute.Sources.Count >= MostSources)
                return null;
            count = minute.Sources.GetOrAdd(source, static _ => new());
        }
        return Interlocked.Increment(ref count.Failures) > limit ? TooMany(minute) : null;
    }

    /// <summary>The refusal for a credential that need not be looked at any more; null where it must be.</summary>
    public Refusal? Refused(HttpContext http)
    {
        var minute = Now();
        return ShowsCredential(http) && minute.Sources.TryGetValue(SourceOf(http), out var count) && Volatile.Read(ref count.Failures) >= limit && !minute.Known.ContainsKey(HashOf(http))
            ? TooMany(minute) : null;
    }

    /// <summary>The credential was good: it is not held up by others at its address.</summary>
    public void Succeeded(HttpContext http)
    {
        var minute = Now();
        if (ShowsCredential(http) && minute.Known.Count < MostKnown)
            minute.Known.TryAdd(HashOf(http), 0);
    }

    internal int Sources => Now().Sources.Count;

    Refusal TooMany(Minute minute)
    {
        limited.Add(1);
        var wait = Window - clock.GetElapsedTime(minute.Began);
        return new(429, ReasonCodes.RateLimited, "Too many failed credentials came from this address.", RetryAfterSeconds: Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)));
    }

    Minute Now()
    {
        var minute = current;
        if (clock.GetElapsedTime(minute.Began) < Window)
            return minute;
        var next = new Minute(clock.GetTimestamp());
        return Interlocked.CompareExchange(ref current, next, minute) == minute ? next : current;
    }

    static bool ShowsCredential(HttpContext http) =>
        http.Request.Headers.Authorization.Count > 0 || SessionCookies.Of(http) is not null || http.Request.Path.StartsWithSegments("/inbound", StringComparison.OrdinalIgnoreCase);

    static int HashOf(HttpContext http) => HashCode.Combine(http.Request.Headers.Authorization.ToString(), SessionCookies.Of(http));

    static ulong SourceOf(HttpContext http)
    {
        if (http.Connection.RemoteIpAddress is not { } address)
            return 0;
        var bytes = (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).GetAddressBytes();
        return bytes.Length == 4 ? BitConverter.ToUInt32(bytes) : BitConverter.ToUInt64(bytes);
    }

    sealed class Minute(long began)
    {
        public long Began { get; } = began;
        public ConcurrentDictionary<ulong, Count> Sources { get; } = new();
        public ConcurrentDictionary<int, byte> Known { get; } = new();
    }

    sealed class Count
    {
        public int Failures;
    }
}

static class FailedCallersAtTheDoor
{
    /// <summary>
    /// Turns away addresses with too many failures before anything is looked up. A well-formed API key is looked up even so: an agent must not be
    /// stopped by its neighbours, nor be able to turn its own scans into errors, for some clients let a tool run on those.
    /// </summary>
    public static void UseFailedCallers(this WebApplication app)
    {
        var failed = app.Services.GetRequiredService<FailedCallers>();
        app.Use((http, next) => failed.IsQuiet ? next(http) : Enter(http, next, failed));
    }

    static async Task Enter(HttpContext http, RequestDelegate next, FailedCallers failed)
    {
        var path = http.Request.Path;
        var isApi = path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
        if ((isApi || path.StartsWithSegments("/v1", StringComparison.OrdinalIgnoreCase)) && !IsApiKey(http)
            && http.GetEndpoint()?.Metadata.GetMetadata<Everyone>() is null && failed.Refused(http) is { } refusal)
        {
            await Problems.Write(http, refusal);
            return;
        }
        await next(http);
        if (isApi && http.Response.StatusCode is not (401 or 429))
            failed.Succeeded(http);
    }

    static bool IsApiKey(HttpContext http) =>
        http.Request.Headers.Authorization is [{ } value] && value.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && KeyFormat.TryParse(value[7..].Trim(), out var key) && key.Kind != KeyKind.Service;
}
