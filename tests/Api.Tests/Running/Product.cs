using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Text;

namespace Interven.Api.Tests.Running;

/// <summary>The real application as a process of its own: a free port, a data folder, ended by its id.</summary>
public sealed class Product : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    readonly Process process;
    readonly StringBuilder output = new();
    readonly Dictionary<string, string> printed = [];
    readonly TaskCompletionSource started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly string lastLine;
    readonly bool ownsData;

    Product(string? data, (string Name, string Value)[] settings)
    {
        ownsData = data is null;
        Data = data ?? Path.Combine(Path.GetTempPath(), "interven-" + Guid.CreateVersion7().ToString("N"));
        lastLine = ownsData ? "INTERVEN_ADMIN_TOKEN" : "INTERVEN_URL";
        Port = FreePort();
        var application = Place("Application");
        var start = new ProcessStartInfo("dotnet", [Path.Combine(application, "Interven.ApiFrontend.dll"), "--contentRoot", application])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["INTERVEN_URL"] = $"http://127.0.0.1:{Port}";
        start.Environment["INTERVEN_DATA"] = Data;
        // All tests of a run come from one address.
        start.Environment["Interven__FailedAuthPerMinute"] = "0";
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        process = new() { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Exited += (_, _) => started.TrySetException(new InvalidOperationException("The application has ended:\n" + Output));
    }

    public int Port { get; }
    public string Data { get; }
    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 256 }) { Timeout = Patience };

    /// <summary>Whoever installed the product. First start only.</summary>
    public Caller Operator => new(Http, printed["INTERVEN_ADMIN_TOKEN"]);

    /// <summary>A line of the first start; null where there was none.</summary>
    public string? Printed(string name) => printed.GetValueOrDefault(name);

    /// <summary>The demo tenant's agent, with every scope. First start only.</summary>
    public Caller Demo => new(Http, printed["INTERVEN_API_KEY"]);

    public Caller Nobody => new(Http, null);

    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>Starts it on a new folder, or again on the folder of an earlier run, and waits until it takes calls.</summary>
    public static async Task<Product> Start(string? data = null, params (string Name, string Value)[] settings)
    {
        var product = new Product(data, settings);
        product.process.Start();
        product.process.BeginOutputReadLine();
        product.process.BeginErrorReadLine();
        await product.started.Task.WaitAsync(Patience);
        product.Http.BaseAddress = new($"http://127.0.0.1:{product.Port}");
        return product;
    }

    /// <summary>As a power cut would: <c>kill -9</c>.</summary>
    public async Task Kill()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await Kill();
        process.Dispose();
        Http.Dispose();
        if (ownsData && Directory.Exists(Data))
            Directory.Delete(Data, recursive: true);
    }

    /// <summary>A folder that the build knows.</summary>
    public static string Place(string name) => Path.GetFullPath(
        typeof(Product).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == name).Value!);

    void Hear(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.AppendLine(CultureInfo.InvariantCulture, $"{line}");
        if (line.StartsWith("INTERVEN_", StringComparison.Ordinal) && line.Split('=', 2) is [var name, var value])
        {
            printed[name] = value;
            if (name == lastLine)
                started.TrySetResult();
        }
    }

    static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
