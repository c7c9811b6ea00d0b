using System.Diagnostics;
using System.Globalization;
using System.Text;
using Interven.Storage.Tests.Harness;

namespace Interven.Cluster.Tests.Running;

/// <summary>One process of a running cluster: a silo, a front end, a proxy. It can be killed, frozen, stopped as an operator would, and started again as it was.</summary>
sealed class Node : IAsyncDisposable
{
    readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(5) };
    readonly StringBuilder output = new();
    readonly string program;
    readonly string[] arguments;
    Process? process;

    public Node(string name, string program, string[] arguments, IReadOnlyDictionary<string, string> settings)
    {
        (Name, this.program, this.arguments, Settings) = (name, program, arguments, settings);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => End();
    }

    public string Name { get; }

    public IReadOnlyDictionary<string, string> Settings { get; }

    public int Pid => process?.Id ?? 0;

    public bool IsRunning => process is { HasExited: false };

    /// <summary>Where its health and metrics are.</summary>
    public string Url { get; init; } = "";

    public string Output
    {
        get
        {
            lock (output)
                return output.ToString();
        }
    }

    /// <summary>A line such as <c>INTERVEN_API_KEY=…</c> that it has printed.</summary>
    public string? Printed(string name) => Output.Split('\n').FirstOrDefault(line => line.StartsWith(name + "=", StringComparison.Ordinal))?[(name.Length + 1)..].Trim();

    /// <summary>The same process from another build's folder, to be started in this one's place.</summary>
    public Node Of(string build) => new(Name, program,
        [.. arguments.Select(one => one.EndsWith(".dll", StringComparison.Ordinal) ? Path.Combine(build, Path.GetFileName(one)) : Directory.Exists(one) ? build : one)], Settings)
    { Url = Url };

    public Node Start()
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Settings)
            start.Environment[name] = value;
        process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Hear(line.Data);
        process.ErrorDataReceived += (_, line) => Hear(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return this;
    }

    /// <summary>Waits until <paramref name="path"/> answers 200; returns how long that took.</summary>
    public async Task<TimeSpan> Answers(string path, int seconds = 60)
    {
        var began = Stopwatch.GetTimestamp();
        await Eventually.Is(async () =>
        {
            if (!IsRunning)
                Assert.Fail($"{Name} has ended:\n{Output}");
            using var answer = await http.GetAsync(Url + path);
            return answer.IsSuccessStatusCode;
        }, $"{Name} answers {path}; it said:\n{Output}", seconds);
        return Stopwatch.GetElapsedTime(began);
    }

    public Task<string> Get(string path) => http.GetStringAsync(Url + path);

    /// <summary>As the machine going: <c>kill -9</c>.</summary>
    public async Task Kill()
    {
        if (!IsRunning)
            return;
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>As an operator does: SIGTERM. Returns how long it took to end; one that does not end within the patience fails the test.</summary>
    public async Task<TimeSpan> Stop(int seconds = 60)
    {
        var began = Stopwatch.GetTimestamp();
        Signal("TERM");
        using var over = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        try
        {
            await process!.WaitForExitAsync(over.Token);
        }
        catch (OperationCanceledException)
        {
            Assert.Fail($"{Name} did not stop within {seconds} s; it said:\n{Output}");
        }
        return Stopwatch.GetElapsedTime(began);
    }

    public void Freeze() => Signal("STOP");

    public void Thaw() => Signal("CONT");

    public async ValueTask DisposeAsync()
    {
        End();
        if (process is not null)
            await process.WaitForExitAsync();
        process?.Dispose();
        http.Dispose();
        if (Environment.GetEnvironmentVariable("INTERVEN_LOGS") is { Length: > 0 } folder)
            await File.AppendAllTextAsync(Path.Combine(Directory.CreateDirectory(folder).FullName, Name + ".log"), Output);
    }

    void End()
    {
        try
        {
            if (IsRunning)
                process!.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself meanwhile.
        }
    }

    void Signal(string signal)
    {
        using var sent = Process.Start("kill", ["-s", signal, Pid.ToString(CultureInfo.InvariantCulture)]);
        sent.WaitForExit();
    }

    void Hear(string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.Append(line).Append('\n');
    }
}
