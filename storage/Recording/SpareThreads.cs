namespace Interven.Storage.Recording;

/// <summary>
/// More threads while a store is out. Npgsql asks a server to end a statement that is out of time, and holds a pool thread until a frozen server has not
/// answered that either; on two cores two such threads are all there are, and every refusal waits for the pool to make another.
/// </summary>
static class SpareThreads
{
    const int Most = 64;
    static readonly Lock Gate = new();
    static int outages;
    static int usual;

    public static void Ask()
    {
        lock (Gate)
            if (outages++ == 0)
            {
                ThreadPool.GetMinThreads(out usual, out var completion);
                ThreadPool.SetMinThreads(usual + Most, completion);
            }
    }

    public static void GiveBack()
    {
        lock (Gate)
            if (--outages == 0)
            {
                ThreadPool.GetMinThreads(out _, out var completion);
                ThreadPool.SetMinThreads(usual, completion);
            }
    }
}
