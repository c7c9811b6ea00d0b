using System.Security.Cryptography;
using System.Text.Json;
using Interven.GrainInterfaces;
using Interven.GrainInterfaces.Approvals;
using Interven.GrainInterfaces.Scanning;
using Interven.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;

namespace Interven.Grains.Tests;

/// <summary>What the tests of paused calls have in common; they share their silos.</summary>
static class PausedCalls
{
    public const string Silos = "paused calls";

    public static readonly Actor Reviewer = new("service_account", "reviewer1");
    public static readonly ApprovalWord Yes = new(true, "seen"), No = new(false, "not today");

    public static IApprovalStore Store(this TwoSilos silos) => silos.Cluster.Silos[0].ServiceProvider.GetRequiredService<IApprovalStore>();

    public static IApprovalGrain Approval(this TwoSilos silos, int silo, Guid approval) => silos.On(silo).GetGrain<IApprovalGrain>(GrainKeys.Approval(silos.Tenant, approval));

    /// <summary>A scan that waits on one silo; returned once it is known to wait.</summary>
    public static async Task<(Task<ScanReply> Parked, Guid Approval)> ParkedScan(this TwoSilos silos, int silo, string key, string operation, int n)
    {
        var parked = silos.Scan(silo, key, $"https://pay.corp/{operation}", $$"""{"n":{{n}}}""", waitMs: 60_000);
        var approval = ApprovalOf(await silos.Scan(silo, key, $"https://pay.corp/{operation}", $$"""{"n":{{n}}}"""));
        await silos.Parked(approval);
        return (parked, approval);
    }

    /// <summary>An approval of no call that anybody made.</summary>
    public static async Task<Guid> Opened(this TwoSilos silos, TimeSpan life)
    {
        var approval = Guid.CreateVersion7();
        await silos.Store().Open(new()
        {
            Tenant = new(silos.Tenant), Approval = new(approval), Signature = SHA256.HashData(approval.ToByteArray()), Trace = new(Guid.CreateVersion7()),
            Env = "production", KeyId = "none", Tool = "custom_proxy", Operation = "open", Band = RiskBand.Low, Sentence = "open", Life = life,
            GrantWindow = TimeSpan.FromMinutes(1), DenyWindow = TimeSpan.FromMinutes(1), SealedCall = [],
        }, [], new() { Tenant = new(silos.Tenant), Actor = Actor.System, Action = "approval.opened", Target = "approval" });
        return approval;
    }

    public static Actor Caller(string key) => new("api_key", KeyFormat.TryParse(key, out var parsed) ? parsed.Id : "", "127.0.0.1");

    public static Guid ApprovalOf(ScanReply reply)
    {
        using var json = JsonDocument.Parse(reply.Json!);
        return json.RootElement.GetProperty("approval_id").GetGuid();
    }

    public static string FirstReason(ScanReply reply)
    {
        using var json = JsonDocument.Parse(reply.Json!);
        return json.RootElement.GetProperty("reason_codes")[0].GetString()!;
    }
}

[CollectionDefinition(PausedCalls.Silos)]
public sealed class PausedCallSilos : ICollectionFixture<TwoSilos>;
