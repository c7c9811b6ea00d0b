using Interven.Grains.Ports;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Interven.Grains.Tests;

/// <summary>With every grain activated twice, the rows alone decide.</summary>
public sealed class DuplicateGrainTests(TwoClusters clusters) : IClassFixture<TwoClusters>
{
    [Fact]
    public async Task Of_fifty_deciders_over_two_clusters_one_end_comes_out() => Assert.Empty(await Races.Decide(clusters, approvals: 12, deciders: 50));

    [Fact, Trait("Category", "Slow")]
    public async Task Of_fifty_deciders_over_two_clusters_one_end_comes_out_a_thousand_times() => Assert.Empty(await Races.Decide(clusters, approvals: 1000, deciders: 50));

    [Fact]
    public async Task Two_hundred_redemptions_over_two_clusters_are_as_many_as_the_grant_allows() => Assert.Empty(await Races.Redeem(clusters, uses: 7, callers: 200));

    [Fact]
    public async Task Two_hundred_calls_over_two_clusters_are_as_many_as_the_ephemeral_key_allows() => Assert.Empty(await Races.UseEphemeral(clusters, uses: 7, callers: 200));
}

/// <summary>The same races over a build that is careless in the one place that each of them is about: they must see it.</summary>
public sealed class CarelessTests(CarelessTests.CarelessClusters clusters) : IClassFixture<CarelessTests.CarelessClusters>
{
    [Fact]
    public async Task The_race_of_deciders_sees_an_unconditional_update() => Assert.NotEmpty(await Races.Decide(clusters, approvals: 3, deciders: 50));

    [Fact]
    public async Task The_race_of_redemptions_sees_a_release_that_takes_no_use() => Assert.NotEmpty(await Races.Redeem(clusters, uses: 7, callers: 50));

    [Fact]
    public async Task The_race_of_ephemeral_calls_sees_a_record_that_takes_no_use() => Assert.NotEmpty(await Races.UseEphemeral(clusters, uses: 7, callers: 50));

    public sealed class CarelessClusters : TwoClusters
    {
        protected override void Change(IServiceCollection services)
        {
            Wrap<IApprovalStore>(services, real => new CarelessApprovals(real, Connection));
            Wrap<IDecisionLog>(services, real => new CarelessLog(real));
        }

        static void Wrap<T>(IServiceCollection services, Func<T, T> careless) where T : class
        {
            var real = services.Last(one => one.ServiceType == typeof(T));
            services.Replace(ServiceDescriptor.Singleton(all => careless((T)(real.ImplementationFactory?.Invoke(all) ?? ActivatorUtilities.CreateInstance(all, real.ImplementationType!)))));
        }
    }

    /// <summary>Whoever comes last is right.</summary>
    sealed class CarelessApprovals(IApprovalStore real, string connection) : IApprovalStore
    {
        public async ValueTask<ApprovalRow?> Change(TenantId tenant, ApprovalId approval, int expectedVersion, ApprovalChange change, CancellationToken cancel = default)
        {
            await using var source = new NpgsqlConnection(connection);
            await source.OpenAsync(cancel);
            await using var command = new NpgsqlCommand(
                "UPDATE approvals SET state = @state, votes = @votes, decided_by = @by, decided_at = clock_timestamp(), version = version + 1, uses_left = grant_uses, "
                + "window_ends_at = clock_timestamp() + interval '10 minutes' WHERE tenant_id = @tenant AND approval_id = @approval", source);
            command.Parameters.AddWithValue("state", (short)change.State);
            command.Parameters.AddWithValue("votes", change.VotesJson);
            command.Parameters.AddWithValue("by", change.DecidedBy ?? "");
            command.Parameters.AddWithValue("tenant", tenant.Value);
            command.Parameters.AddWithValue("approval", approval.Value);
            await command.ExecuteNonQueryAsync(cancel);
            return await real.Find(tenant, approval, cancel);
        }

        public ValueTask<ApprovalOpened> Open(ApprovalOpening opening, IReadOnlyList<OutboxRow> outbox, AuditRow audit, CancellationToken cancel = default) => real.Open(opening, outbox, audit, cancel);

        public ValueTask<ApprovalRow?> Find(TenantId tenant, ApprovalId approval, CancellationToken cancel = default) => real.Find(tenant, approval, cancel);

        public Task<ApprovalRow?> Glance(TenantId tenant, ApprovalId approval) => real.Glance(tenant, approval);

        public ValueTask<ApprovalRow?> FindCurrent(TenantId tenant, byte[] signature, CancellationToken cancel = default) => real.FindCurrent(tenant, signature, cancel);

        public ValueTask<IReadOnlyList<ApprovalRow>> List(TenantId tenant, ApprovalFilter filter, CancellationToken cancel = default) => real.List(tenant, filter, cancel);

        public ValueTask<ApprovalRow?> RevokeGrant(TenantId tenant, ApprovalId approval, AuditRow audit, CancellationToken cancel = default) => real.RevokeGrant(tenant, approval, audit, cancel);

        public ValueTask<IReadOnlyList<ApprovalRow>> ExpireDue(int limit, CancellationToken cancel = default) => real.ExpireDue(limit, cancel);

        public ValueTask<IReadOnlyList<(TenantId Tenant, ApprovalId Approval)>> EndedWithin(TimeSpan time, CancellationToken cancel = default) => real.EndedWithin(time, cancel);

        public ValueTask<int> ClearLapsed(int limit, CancellationToken cancel = default) => real.ClearLapsed(limit, cancel);
    }

    sealed class CarelessLog(IDecisionLog real) : IDecisionLog
    {
        public LogHealth Health => real.Health;

        public void Doubt() => real.Doubt();

        public ValueTask<CommitReply> Append(RecordAppend append, CancellationToken abandoned = default) => real.Append(append with { UseGrant = null, UseKey = null }, abandoned);
    }
}
