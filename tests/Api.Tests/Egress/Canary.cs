using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Interven.Api.Tests.Egress;

/// <summary>Listens on every address of the machine and counts who comes. It answers whoever does with one fixed HTTP answer.</summary>
sealed class Canary : IAsyncDisposable
{
    readonly Socket listener;
    readonly byte[] answer;
    readonly CancellationTokenSource over = new();
    readonly Task listening;
    int visits;

    public Canary(string answer, IPAddress? only = null)
    {
        this.answer = Encoding.Latin1.GetBytes(answer);
        listener = new(only?.AddressFamily ?? AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp);
        if (only is null)
            listener.DualMode = true;
        listener.Bind(new IPEndPoint(only ?? IPAddress.IPv6Any, 0));
        listener.Listen();
        listening = Listen();
    }

    public int Port => ((IPEndPoint)listener.LocalEndPoint!).Port;

    public int Visits => Volatile.Read(ref visits);

    async Task Listen()
    {
        while (!over.IsCancellationRequested)
            try
            {
                using var visitor = await listener.AcceptAsync(over.Token);
                Interlocked.Increment(ref visits);
                await visitor.ReceiveAsync(new byte[4096], over.Token);
                await visitor.SendAsync(answer, over.Token);
                visitor.Shutdown(SocketShutdown.Send);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException)
            {
                continue;
            }
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        await listening;
        listener.Dispose();
        over.Dispose();
    }
}
