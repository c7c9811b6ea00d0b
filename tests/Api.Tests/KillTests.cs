using System.Collections.Concurrent;
using System.Globalization;
using Interven.Api.Tests.Running;

namespace Interven.Api.Tests;

/// <summary>Whoever has an answer has its record, whatever happens to the process.</summary>
public class KillTests
{
    const int Callers = 64, AnswersBeforeTheEnd = 600;

    [Fact]
    public async Task After_kill_9_under_load_every_answer_is_found_again_and_none_is_doubled()
    {
        await using var first = await Product.Start();
        var journal = new ConcurrentDictionary<int, Answer>();
        var sent = await ScanUntilKilled(first, journal);
        Assert.InRange(journal.Count, AnswersBeforeTheEnd, sent);

        await using var second = await Product.Start(first.Data);
        var agent = new Caller(second.Http, first.Demo.Token);
        Assert.InRange(await Used(agent), journal.Count, sent);
        var before = await Used(agent);
        await Parallel.ForEachAsync(journal, async (answered, _) =>
        {
            var again = (await Scan(agent, answered.Key)).Is(200);
            Assert.Equal(answered.Value.Text, again.Text);
            Assert.Equal(answered.Value.Trace, again.Trace);
        });
        Assert.Equal(before, await Used(agent));
    }

    /// <summary>How many requests went out.</summary>
    static async Task<int> ScanUntilKilled(Product product, ConcurrentDictionary<int, Answer> journal)
    {
        var (sent, agent, dead) = (0, product.Demo, false);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async _ =>
        {
            while (!Volatile.Read(ref dead))
            {
                var number = Interlocked.Increment(ref sent);
                try
                {
                    var answer = (await Scan(agent, number)).Is(200);
                    // A refusal for want of a record is not kept, and says so.
                    if (!answer.Has("durable"))
                        journal[number] = answer;
                }
                catch (HttpRequestException)
                {
                    Volatile.Write(ref dead, true);
                }
                if (journal.Count >= AnswersBeforeTheEnd && !Interlocked.Exchange(ref dead, true))
                    await product.Kill();
            }
        }));
        return sent;
    }

    static Task<Answer> Scan(Caller agent, int number) =>
        agent.Scan(new { text = $"message {number}" }, headers: ("Idempotency-Key", "k" + number.ToString(CultureInfo.InvariantCulture)));

    static async Task<long> Used(Caller agent) => (await agent.Get("/v1/usage")).Is(200).Json.GetProperty("scans_used").GetInt64();
}
