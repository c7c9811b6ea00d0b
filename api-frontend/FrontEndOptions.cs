using Interven.Contracts.Keys;

namespace Interven.ApiFrontend;

/// <summary>What the front end is told by configuration (section <c>Interven</c>). Read and checked once, at start.</summary>
/// <param name="MaxBodyBytes">Largest request body: 1 KiB to 16 MiB, default 256 KiB.</param>
/// <param name="RateLimitDisabled">Switches rate limits off for measuring (<c>INTERVEN_RATELIMIT_DISABLED=1</c>).</param>
/// <param name="HostsSilo">Whether this process is a silo too.</param>
/// <param name="Drain">How long it goes on serving after it was told to stop, so that load balancers turn away first (<c>DrainSeconds</c>, 0 to 60, default 0).</param>
/// <param name="FailedAuthPerMinute">Failed credentials from one address in a minute before it must wait, in each front end (<c>Interven:FailedAuthPerMinute</c>, 0 to 1,000,000, default 120; 0 switches it off).</param>
/// <param name="AllowsPlainHttp">Lets people sign in over plain http from other machines (<c>Interven:AllowPlainHttp</c>): only where something else encrypts the line.</param>
sealed record FrontEndOptions(int MaxBodyBytes, bool RateLimitDisabled, bool HostsSilo, TimeSpan Drain = default, bool AllowsPlainHttp = false, int FailedAuthPerMinute = 120)
{
    /// <exception cref="InvalidOperationException">Lists every setting that is wrong.</exception>
    public static FrontEndOptions From(IConfiguration configuration)
    {
        var problems = new List<string>();
        var maxBody = configuration.GetValue("Interven:MaxBodyBytes", 256 * 1024);
        if (maxBody is < 1024 or > 16 * 1024 * 1024)
            problems.Add($"Interven:MaxBodyBytes is `{maxBody}`; it must lie between 1024 and 16777216.");
        foreach (var block in configuration.GetSection("Interven:TrustedProxies").Get<string[]>() ?? [])
            if (!AddressBlocks.TryParse(block, out _))
                problems.Add($"Interven:TrustedProxies holds `{block}`, which is no CIDR block such as `10.0.0.0/8` (host bits must be zero).");
        var drain = configuration.GetValue("Interven:DrainSeconds", 0d);
        if (drain is not (>= 0 and <= 60))
            problems.Add($"Interven:DrainSeconds is `{drain}`; it must lie between 0 and 60.");
        var failedAuth = configuration.GetValue("Interven:FailedAuthPerMinute", 120);
        if (failedAuth is < 0 or > 1_000_000)
            problems.Add($"Interven:FailedAuthPerMinute is `{failedAuth}`; it must lie between 0 and 1000000.");
        if (problems.Count > 0)
            throw new InvalidOperationException("The configuration cannot be used:\n  " + string.Join("\n  ", problems));
        return new(maxBody, configuration["INTERVEN_RATELIMIT_DISABLED"] == "1",
            configuration.GetValue<bool?>("Interven:HostSilo") ?? string.IsNullOrEmpty(configuration.GetConnectionString("Interven")),
            TimeSpan.FromSeconds(drain), configuration.GetValue("Interven:AllowPlainHttp", false), failedAuth);
    }
}
