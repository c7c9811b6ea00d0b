using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace Interven.Storage.Tests.Harness;

/// <summary>A Postgres of our own: real server, own folder, own port. It can be killed, frozen and started again. A machine without Postgres fails.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("interven-pg-").FullName;
    readonly string settings;
    readonly int port = FreePort();
    Process? process;

    PostgresServer(string settings) => this.settings = settings;

    public string Data => Path.Combine(folder, "data");

    public bool IsRunning => process is { HasExited: false };

    /// <param name="settings">Further server settings, e.g. the one that a durability test must catch.</param>
    public static async Task<PostgresServer> Start(string settings = "")
    {
        var server = new PostgresServer(settings);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => server.Stop();
        await Run("chown", "postgres", server.folder);
        await AsPostgres("initdb", "-D", server.Data, "-A", "trust", "-U", "interven", "-E", "UTF8", "--no-sync", "--locale=C.UTF-8");
        await server.Boot();
        return server;
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=interven;Database={database};SSL Mode=Disable;GSS Encryption Mode=Disable";

    public async Task<string> CreateDatabase(string name)
    {
        await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        await command.ExecuteNonQueryAsync();
        return ConnectionString(name);
    }

    public async Task Boot()
    {
        string[] arguments = ["-D", Data, "-p", port.ToString(CultureInfo.InvariantCulture), "-k", folder, "-c", "listen_addresses=127.0.0.1", "-c", "max_connections=200", "-c", "logging_collector=off"];
        process = Launch("postgres", [.. arguments, .. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries).SelectMany(one => new[] { "-c", one })]);
        await Eventually.Is(async () =>
        {
            await using var connection = new NpgsqlConnection(ConnectionString("postgres") + ";Pooling=false;Timeout=1");
            await connection.OpenAsync();
            return true;
        }, "Postgres answers");
    }

    /// <summary>As the power going: the postmaster first, so that it cannot tidy up, then all its children.</summary>
    public async Task Kill()
    {
        var pids = Pids();
        foreach (var pid in pids)
            Signal(pid, "KILL");
        await process!.WaitForExitAsync();
        await Eventually.Is(() => Task.FromResult(pids.All(pid => !Directory.Exists($"/proc/{pid}"))), "all of Postgres is gone");
        File.Delete(Path.Combine(Data, "postmaster.pid"));
    }

    public void Freeze() => Pids().ForEach(pid => Signal(pid, "STOP"));

    public void Thaw() => Pids().ForEach(pid => Signal(pid, "CONT"));

    public async ValueTask DisposeAsync()
    {
        Stop();
        if (process is not null)
            await process.WaitForExitAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Also when the test run is cut short: a server left behind would outlive it.</summary>
    void Stop()
    {
        if (process is not { HasExited: false })
            return;
        Thaw();
        Signal(Pids()[0], "INT");
    }

    List<int> Pids()
    {
        var postmaster = int.Parse(File.ReadLines(Path.Combine(Data, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        var children = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit))
            .Where(pid => ParentOf(pid!) == postmaster).Select(pid => int.Parse(pid!, CultureInfo.InvariantCulture));
        return [postmaster, .. children];
    }

    static int ParentOf(string pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 4)..].Split(' ')[0], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }

    static void Signal(int pid, string signal)
    {
        using var sent = Process.Start("kill", ["-s", signal, pid.ToString(CultureInfo.InvariantCulture)]);
        sent.WaitForExit();
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    static async Task AsPostgres(string program, params string[] arguments)
    {
        using var running = Launch(program, arguments);
        await running.WaitForExitAsync();
        Assert.Equal(0, running.ExitCode);
    }

    /// <summary>Postgres refuses to run as root, so root becomes the user of that name; a parent in between would stop with it when it is frozen.</summary>
    static Process Launch(string program, string[] arguments)
    {
        var path = Path.Combine(Directory.GetDirectories("/usr/lib/postgresql").OrderDescending().First(), "bin", program);
        string[] line = Environment.UserName == "root" ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--init-groups", path, .. arguments] : [path, .. arguments];
        var start = new ProcessStartInfo(line[0], line[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    static async Task Run(string program, params string[] arguments)
    {
        if (Environment.UserName != "root")
            return;
        using var process = Process.Start(program, arguments);
        await process.WaitForExitAsync();
    }
}
