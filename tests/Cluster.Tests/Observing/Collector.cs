using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Interven.Cluster.Tests.Running;

namespace Interven.Cluster.Tests.Observing;

/// <summary>Takes OTLP traces over HTTP, and keeps of each span what a test asks for.</summary>
sealed class Collector : IAsyncDisposable
{
    readonly HttpListener listener = new();
    readonly Task work;

    public Collector()
    {
        Url = $"http://127.0.0.1:{Ports.Free()}";
        listener.Prefixes.Add(Url + "/");
        listener.Start();
        work = Task.Run(Take);
    }

    public string Url { get; }

    public ConcurrentQueue<Span> Spans { get; } = new();

    public ConcurrentQueue<byte[]> Raw { get; } = new();

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await work;
    }

    async Task Take()
    {
        while (true)
        {
            HttpListenerContext call;
            try
            {
                call = await listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
            using var body = new MemoryStream();
            await call.Request.InputStream.CopyToAsync(body);
            Raw.Enqueue(body.ToArray());
            if (call.Request.Url!.AbsolutePath == "/v1/traces")
                foreach (var span in ReadSpans(body.ToArray()))
                    Spans.Enqueue(span);
            call.Response.Close();
        }
    }

    /// <summary>ExportTraceServiceRequest: resource_spans 1 → scope_spans 2 → scope 1, spans 2.</summary>
    static IEnumerable<Span> ReadSpans(byte[] request)
    {
        foreach (var resource in Fields(request).Where(one => one.Number == 1))
            foreach (var scope in Fields(resource.Bytes).Where(one => one.Number == 2))
            {
                var name = Fields(scope.Bytes).Where(one => one.Number == 1).SelectMany(one => Fields(one.Bytes)).FirstOrDefault(one => one.Number == 1).Bytes ?? [];
                foreach (var span in Fields(scope.Bytes).Where(one => one.Number == 2))
                {
                    var fields = Fields(span.Bytes).ToLookup(one => one.Number, one => one.Bytes);
                    yield return new(Convert.ToHexStringLower(fields[1].First()), Encoding.UTF8.GetString(name), Encoding.UTF8.GetString(fields[5].First()));
                }
            }
    }

    /// <summary>The length-delimited fields of a protobuf message; the others are skipped.</summary>
    static IEnumerable<(int Number, byte[] Bytes)> Fields(byte[] message)
    {
        for (var at = 0; at < message.Length;)
        {
            var tag = Varint(message, ref at);
            switch (tag & 7)
            {
                case 0:
                    Varint(message, ref at);
                    break;
                case 1:
                    at += 8;
                    break;
                case 5:
                    at += 4;
                    break;
                default:
                    var length = (int)Varint(message, ref at);
                    yield return ((int)(tag >> 3), message[at..(at + length)]);
                    at += length;
                    break;
            }
        }
    }

    static ulong Varint(byte[] message, ref int at)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = message[at++];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }
    }
}

/// <param name="Trace">Trace id, hex.</param>
/// <param name="Source">Who made it.</param>
/// <param name="Name">What it is.</param>
sealed record Span(string Trace, string Source, string Name);
