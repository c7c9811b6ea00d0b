using Interven.Contracts;
using Interven.Contracts.Keys;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Tenants;

namespace Interven.Silo.Hosting;

/// <summary>At the first start of an installation, makes the demo tenant and prints how to make the first scan. The secrets are shown this once.</summary>
sealed partial class FirstStart(IGrainFactory grains, IHostApplicationLifetime lifetime, IConfiguration configuration, ILogger<FirstStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Greet(stoppingToken);
        }
        catch (Exception e) when (!stoppingToken.IsCancellationRequested)
        {
            Failed(log, e.GetType().Name);
        }
    }

    [LoggerMessage(3002, LogLevel.Error, "The demo tenant could not be looked up or made ({Exception}); the next start tries again")]
    static partial void Failed(ILogger logger, string exception);

    async Task Greet(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        var url = configuration["INTERVEN_URL"] ?? "http://127.0.0.1:8080";
        var created = await grains.GetGrain<IOperatorGrain>(GrainKeys.Singleton).CreateFirstTenant(Actor.System);
        if (created.Value is not { } tenant)
        {
            Console.Out.WriteLine($"Interven is ready: console at {url}, API at {url}/swagger. Keys, password and token were printed at the first start.\nINTERVEN_URL={url}");
            return;
        }
        var minted = await grains.GetGrain<ITenantGrain>(GrainKeys.Tenant(tenant.Tenant)).MintKey(
            new("demo key", DefaultAgentId: "demo-agent", Scopes: KeyScopes.All, Description: "Made at the first start; has every scope."), Actor.System);
        Console.Out.WriteLine(minted.Value is { } key ? Welcome.Text(url, tenant, key) : "The demo key could not be made: " + minted.Refusal!.Detail);
    }
}

static class Welcome
{
    public static string Text(string url, FirstAdmin admin, MintedKey key) => $$$"""

        Interven is ready. A demo tenant was made; its key, the admin's password and the operator's token are shown this once:

        INTERVEN_URL={{{url}}}
        INTERVEN_API_KEY={{{key.Key}}}
        INTERVEN_ADMIN_EMAIL={{{admin.Email}}}
        {{{(admin.Password is null ? "(INTERVEN_ADMIN_PASSWORD is as it was set)" : "INTERVEN_ADMIN_PASSWORD=" + admin.Password)}}}
        INTERVEN_ADMIN_TOKEN={{{admin.Token ?? "(printed before)"}}}

        The demo key has all scopes (scan, policies:write, export); keys that you mint have only scan.

        A call that is denied: a cloud key on its way to a chat channel
          curl -s {{{url}}}/v1/scan -H "Authorization: Bearer {{{key.Key}}}" -H "Content-Type: application/json" \
            -d '{"method":"POST","url":"https://slack.com/api/chat.postMessage","body":{"channel":"#ops","text":"the key is AKIA4QHZXW2P5RTY7LMB"}}'

        A call that is sanitized: a customer's address in a message
          curl -s {{{url}}}/v1/scan -H "Authorization: Bearer {{{key.Key}}}" -H "Content-Type: application/json" \
            -d '{"method":"POST","url":"https://slack.com/api/chat.postMessage","body":{"channel":"#ops","text":"please call jane.roe@contoso.com back"}}'

        A call that waits up to a minute for you: approve it in the console (Approvals, key A)
          curl -s {{{url}}}/v1/scan -H "Authorization: Bearer {{{key.Key}}}" -H "Content-Type: application/json" \
            -d '{"method":"POST","url":"https://iam.amazonaws.com/?Action=CreateUser&UserName=alice","wait_ms":60000}'

        Console: {{{url}}} (sign in as {{{admin.Email}}})    API: {{{url}}}/swagger    Docs: docs/
        """;
}
