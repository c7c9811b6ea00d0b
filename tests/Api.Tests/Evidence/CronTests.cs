using System.Diagnostics;
using Interven.Api.Tests.Running;
using Interven.Bench;

namespace Interven.Api.Tests.Evidence;

/// <summary>Yesterday's records reach a SIEM by the scripts that the docs give to cron, run as they stand there.</summary>
public sealed class CronTests : IAsyncLifetime
{
    const string Email = "boss@bank.example", Password = "chosen before the start";
    const int Records = 600;
    static readonly (string, string)[] Settings = [("INTERVEN_ADMIN_EMAIL", Email), ("INTERVEN_ADMIN_PASSWORD", Password)];
    readonly string folder = Directory.CreateTempSubdirectory("interven-cron-").FullName;
    Product first = null!, product = null!;
    FakeSiem siem = null!;
    string auditor = "";

    public async Task InitializeAsync()
    {
        first = await Product.Start(null, Settings);
        using (var browser = new Browser(first))
        {
            (await browser.SignIn(Email, Password)).Is(200);
            auditor = (await browser.Post("/api/service-accounts", new { name = "cron", role = "auditor" })).Is(201)["token"];
        }
        await first.Kill();
        await FillRecords.Run(first.Data, Records);
        product = await Product.Start(first.Data, Settings);
        siem = new();
    }

    public async Task DisposeAsync()
    {
        await siem.DisposeAsync();
        await product.DisposeAsync();
        await first.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_cookie_jar_and_two_curls_move_yesterdays_records_whoever_filled_the_jar()
    {
        var fills = Blocks().Where(block => block.Contains("-c jar", StringComparison.Ordinal)).ToList();
        var moves = Blocks().Where(block => block.Contains("-b jar", StringComparison.Ordinal)).ToList();
        Assert.Equal((2, 2), (fills.Count, moves.Count));
        foreach (var fill in fills)
        {
            Assert.Equal(0, (await Bash(fill)).Exit);
            foreach (var move in moves)
                await Moves(() => Bash(move));
        }
    }

    [Theory]
    [InlineData("hec"), InlineData("datadog")]
    public async Task The_script_moves_yesterdays_records_as_an_auditors_machine(string type)
    {
        Assert.Equal(0, (await Bash(Blocks().First(block => block.Contains("service-session", StringComparison.Ordinal)))).Exit);
        var said = await Moves(() => Bash($"INTERVEN_URL=$URL INTERVEN_JAR=jar SIEM={type} SIEM_URL={(type == "hec" ? "$HEC_URL" : "$DATADOG_URL")} bash \"$SCRIPT\""));
        Assert.StartsWith($"{Records} records", said, StringComparison.Ordinal);
    }

    async Task<string> Moves(Func<Task<(int Exit, string Output)>> run)
    {
        var before = siem.Taken.Count;
        var (exit, output) = await run();
        Assert.True(exit == 0, output);
        var moved = siem.Taken.Skip(before).Select(one => one.GetProperty("trace_id").GetString()).ToList();
        Assert.Equal((Records, Records), (moved.Count, moved.Distinct().Count()));
        return output;
    }

    /// <summary>The shell of the page on SIEMs, under its heading on pulling.</summary>
    static IEnumerable<string> Blocks() => File.ReadAllText(Path.Combine(Product.Place("Docs"), "siem.md")).Split("## Pull")[1].Split("## Formats")[0]
        .Split("```sh\n").Skip(1).Select(part => part.Split("```")[0]);

    async Task<(int Exit, string Output)> Bash(string script)
    {
        var start = new ProcessStartInfo("bash", ["-euo", "pipefail", "-c", script]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = folder };
        foreach (var (name, value) in (IEnumerable<(string, string)>)[
            ("URL", $"http://127.0.0.1:{product.Port}"), ("AUDITOR", auditor), ("EMAIL", Email), ("PASSWORD", Password), ("SIEM_TOKEN", FakeSiem.Token),
            ("HEC_URL", siem.Hec), ("DATADOG_URL", siem.Datadog), ("SCRIPT", Path.Combine(Product.Place("Docs"), "..", "deploy", "siem", "push-decisions.sh"))])
            start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output + await errors);
    }
}
