using Interven.Storage.Recording;
using Interven.Storage.Tests.Harness;
using Microsoft.Extensions.Logging;

namespace Interven.Storage.Tests;

[Collection("both stores")]
public sealed class RehearsalTests(BothStores stores)
{
    [Theory, OnBoth]
    public async Task What_is_rehearsed_goes_the_whole_way_and_leaves_nothing(string store)
    {
        var room = stores.Room(store);
        var before = await Rows(room);
        var log = new Heard();
        await new Rehearsal(room.Get<IRecordSink>(), TimeProvider.System, log).StartAsync(CancellationToken.None);

        Assert.Empty(log.Lines);
        Assert.Equal(before, await Rows(room));
    }

    static async Task<long[]> Rows(Room room)
    {
        var counts = new List<long>();
        foreach (var table in (string[])["decision_records", "tenant_head", "approvals", "outbox", "idempotency_keys"])
            counts.Add(await room.Database.One($"SELECT count(*) FROM {table}", sql => sql, row => row.Long(), CancellationToken.None));
        return [.. counts];
    }

    sealed class Heard : ILogger<Rehearsal>
    {
        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Lines.Add(formatter(state, exception));
    }
}
