namespace Interven.ApiFrontend.Scanning;

/// <summary>One of several grains that answer alike. All messages for it go to one silo, for as long as the connection to that one lives.</summary>
sealed class Lane<TGrain>(TGrain grain, TimeProvider clock)
{
    /// <summary>A silo answers within a second by itself, be it with a refusal.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>When the first call since the last answer was sent; 0 where none is out.</summary>
    long unanswered;
    int pulses;
    volatile bool refuses;

    /// <summary>
    /// Another lane is better: its silo says that it would refuse every call, or has been asked and has answered nothing for longer than any answer takes, being
    /// frozen, cut off, or gone without a word.
    /// </summary>
    public bool IsOut => refuses || (Volatile.Read(ref unanswered) is not 0 and var since && clock.GetElapsedTime(since) > Silence);

    /// <summary>Asks, and notes that it was answered, however late: whoever bounds the wait does so outside.</summary>
    public async Task<T> Ask<T>(Func<TGrain, Task<T>> ask)
    {
        Interlocked.CompareExchange(ref unanswered, clock.GetTimestamp(), 0);
        try
        {
            var reply = await ask(grain);
            Answered();
            return reply;
        }
        catch (Exception e) when (e is not TimeoutException)
        {
            // Also word of a connection that has broken: the next call goes elsewhere by itself.
            Answered();
            throw;
        }
    }

    /// <summary>Asks whether its silo decides now; one at a time.</summary>
    public async Task Feel(Func<TGrain, Task<bool>> pulse)
    {
        if (Interlocked.CompareExchange(ref pulses, 1, 0) != 0)
            return;
        try
        {
            // Before it counts as an answer: a silo that was frozen past its lease speaks again, and refuses.
            await Ask(async one => refuses = !await pulse(one));
        }
        catch (Exception)
        {
            // It was an answer, or it was none: the lane knows.
        }
        finally
        {
            Volatile.Write(ref pulses, 0);
        }
    }

    void Answered() => Volatile.Write(ref unanswered, 0);
}
