using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;

namespace Interven.Cluster.Tests.Load;

/// <summary>Agents that call and call again, and write down each try. A call that was refused for want of a record or got no answer is sent again with its key.</summary>
sealed class LoadClient : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 512 }) { Timeout = Patience };
    readonly IReadOnlyList<string> doors;
    int numbers;
    int turn;

    public LoadClient(IReadOnlyList<string> doors, string key)
    {
        this.doors = doors;
        Key = key;
    }

    public string Key { get; set; }

    /// <summary>Most tries of one call.</summary>
    public int MostTries { get; init; } = 2;

    /// <summary>Between two calls of one agent.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.Zero;

    /// <summary>The call's body, by its number.</summary>
    public Func<int, string> Call { get; init; } = number => $$$"""{"method":"POST","url":"https://slack.com/api/chat.postMessage","body":{"text":"message {{{number}}}"}}""";

    /// <summary>Whether calls carry an Idempotency-Key.</summary>
    public bool Keyed { get; init; } = true;

    public ConcurrentQueue<Try> Journal { get; } = new();

    public int Sent => Volatile.Read(ref numbers);

    /// <summary>Tries without a durable answer, in words.</summary>
    public string Refusals => Words(Journal);

    public static string Words(IEnumerable<Try> tries)
    {
        var refused = tries.Where(one => !one.IsDurable).GroupBy(one => one.Reason).OrderByDescending(why => why.Count()).Select(why => $"{why.Count()} {why.Key}").ToList();
        return refused.Count == 0 ? "none refused" : string.Join(", ", refused);
    }

    public async Task Run(int agents, CancellationToken until) => await Task.WhenAll(Enumerable.Range(0, agents).Select(_ => Task.Run(async () =>
    {
        while (!until.IsCancellationRequested)
        {
            await Settle(Interlocked.Increment(ref numbers), MostTries);
            if (Pause > TimeSpan.Zero)
                await Task.Delay(Pause, CancellationToken.None);
        }
    }, CancellationToken.None)));

    /// <summary>Sends a call until it has a durable answer or its tries are used up; the last try.</summary>
    public async Task<Try> Settle(int number, int mostTries)
    {
        for (var tries = 1; ; tries++)
        {
            var one = await Once(number);
            Journal.Enqueue(one);
            if (one.IsDurable || tries == mostTries || one.Status is >= 400 and < 500)
                return one;
            // As the answer says, a second; a door that was shut is another one's turn at once.
            await Task.Delay(one.Status == 200 ? 1000 : 50);
        }
    }

    async Task<Try> Once(int number)
    {
        var door = doors[(int)((uint)Interlocked.Increment(ref turn) % doors.Count)];
        using var request = new HttpRequestMessage(HttpMethod.Post, door + "/v1/scan") { Content = new StringContent(Call(number), Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        if (Keyed)
            request.Headers.Add("Idempotency-Key", "call-" + number.ToString(CultureInfo.InvariantCulture));
        var sent = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await http.SendAsync(request);
            var body = await answer.Content.ReadAsByteArrayAsync();
            return new(number, sent, Stopwatch.GetTimestamp(), (int)answer.StatusCode, body);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or IOException)
        {
            return new(number, sent, Stopwatch.GetTimestamp(), 0, [], e.GetType().Name);
        }
    }

    public void Dispose() => http.Dispose();
}
