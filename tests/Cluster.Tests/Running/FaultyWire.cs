using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Interven.Cluster.Tests.Running;

enum Wire
{
    Whole,

    /// <summary>Bytes are kept back; nobody is told.</summary>
    Hangs,

    /// <summary>Each packet comes late by <see cref="FaultyWire.Delay"/>.</summary>
    Slow,

    /// <summary>New connections are closed, and so are the others.</summary>
    Cut,
}

/// <summary>A TCP connection between two processes, in the hand of a test.</summary>
sealed class FaultyWire : IAsyncDisposable
{
    readonly TcpListener listener;
    readonly int target;
    readonly CancellationTokenSource over = new();
    readonly ConcurrentDictionary<Socket, bool> open = new();
    readonly Task work;
    volatile TaskCompletionSource through = Completed();
    volatile Wire state;

    public FaultyWire(int target, IPAddress? at = null)
    {
        this.target = target;
        listener = new(at ?? IPAddress.Loopback, 0);
        listener.Start();
        work = Task.Run(Accept);
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(100);

    public void Set(Wire wire)
    {
        var before = through;
        state = wire;
        through = wire == Wire.Hangs ? new(TaskCreationOptions.RunContinuationsAsynchronously) : Completed();
        before.TrySetResult();
        if (wire == Wire.Cut)
            Reset();
    }

    /// <summary>Every open connection ends with RST.</summary>
    public void Reset()
    {
        foreach (var socket in open.Keys)
            Close(socket);
    }

    public async ValueTask DisposeAsync()
    {
        await over.CancelAsync();
        through.TrySetResult();
        listener.Stop();
        Reset();
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        over.Dispose();
    }

    async Task Accept()
    {
        while (!over.IsCancellationRequested)
        {
            var near = await listener.AcceptSocketAsync(over.Token);
            if (state == Wire.Cut)
            {
                Close(near);
                continue;
            }
            _ = Serve(near);
        }
    }

    async Task Serve(Socket near)
    {
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        near.NoDelay = true;
        (open[near], open[far]) = (true, true);
        try
        {
            await far.ConnectAsync(IPAddress.Loopback, target, over.Token);
            await Task.WhenAny(Carry(near, far), Carry(far, near));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One end has gone: so does the other.
        }
        Close(near);
        Close(far);
    }

    async Task Carry(Socket from, Socket to)
    {
        var buffer = new byte[65536];
        while (true)
        {
            var read = await from.ReceiveAsync(buffer, over.Token);
            if (read == 0)
                return;
            await through.Task;
            if (state == Wire.Slow)
                await Task.Delay(Delay, over.Token);
            await to.SendAsync(buffer.AsMemory(0, read), over.Token);
        }
    }

    void Close(Socket socket)
    {
        if (!open.TryRemove(socket, out _) && !socket.Connected)
            return;
        try
        {
            socket.LingerState = new(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }
        socket.Dispose();
    }

    static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
