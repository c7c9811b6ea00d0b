namespace Interven.ApiFrontend.Scanning;

/// <summary>One of several grains that answer alike. All messages for it go to one silo, for as long as the connection to that one lives.</summary>
sealed class Lane<TGrain>(TGrain grain, TimeProvider clock)
{
    /// <summary>A silo answers within a second by itself, be it with a refusal.</summary>
    static readonly TimeSpan Silence = TimeSpan.FromSeconds(1);

    /// <summary>When the first call since the last answer was sent; 0 where none is out.</summary>
    long unanswered;
    long answered;
    int pulses;

    /// <summary>It has been asked, and has answered nothing for longer than any answer takes: its silo is frozen, cut off, or gone without a word.</summary>
    public bool IsSilent => Volatile.Read(ref unanswered) is not 0 and var since && clock.GetElapsedTime(since) > Silence;

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

    /// <summary>Asks for a sign of life where none came of its own accord; one at a time.</summary>
    public async Task Feel(Func<TGrain, Task<bool>> pulse, TimeSpan every)
    {
        if (clock.GetElapsedTime(Volatile.Read(ref answered)) < every || Interlocked.CompareExchange(ref pulses, 1, 0) != 0)
            return;
        try
        {
            await Ask(pulse);
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

    void Answered()
    {
        Volatile.Write(ref unanswered, 0);
        Volatile.Write(ref answered, clock.GetTimestamp());
    }
}
