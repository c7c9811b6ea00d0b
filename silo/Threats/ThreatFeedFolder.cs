using Interven.Engine.Risk;
using Interven.Grains.Detecting;

namespace Interven.Silo.Threats;

/// <summary>
/// Reads threat feeds from a folder (<c>Interven:ThreatFeeds:Folder</c>), and again whenever a file changes there: somebody's cron job downloads them, so that
/// the gateway itself calls nobody. What a file holds is told by its name: <c>urlhaus*</c>, <c>openphish*</c>, <c>*.json</c> (CISA's KEV), anything else one entry a line.
/// </summary>
sealed partial class ThreatFeedFolder(ThreatFeeds feeds, IConfiguration configuration, TimeProvider clock, ILogger<ThreatFeedFolder> log) : BackgroundService
{
    const long MostBytes = 256 * 1024 * 1024;
    static readonly TimeSpan Usual = TimeSpan.FromMinutes(1);

    readonly string? folder = configuration["Interven:ThreatFeeds:Folder"] is { Length: > 0 } given ? Path.GetFullPath(given) : null;
    readonly TimeSpan every = configuration.GetValue<int?>("Interven:ThreatFeeds:RefreshSeconds") is { } seconds and >= 1 ? TimeSpan.FromSeconds(seconds) : Usual;
    string state = "";

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Before the first scan: feeds that are there count from the start.
        if (folder is not null)
            Refresh();
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (folder is null)
            return;
        using var timer = new PeriodicTimer(every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            Refresh();
    }

    void Refresh()
    {
        try
        {
            var files = new DirectoryInfo(folder!).EnumerateFiles().Where(file => !file.Name.StartsWith('.') && !file.Name.EndsWith(".tmp", StringComparison.Ordinal) && file.Length <= MostBytes)
                .OrderBy(file => file.Name, StringComparer.Ordinal).ToList();
            var now = string.Join('\n', files.Select(file => $"{file.Name} {file.Length} {file.LastWriteTimeUtc.Ticks}"));
            if (now == state)
                return;
            var read = files.Select(file => ThreatFeedReader.Read(Path.GetFileNameWithoutExtension(file.Name), FormatOf(file.Name), File.ReadAllBytes(file.FullName))).ToList();
            feeds.Set(read);
            state = now;
            Loaded(log, read.Count, feeds.Current.Count, read.Sum(feed => feed.Skipped));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // What was read before goes on counting.
            Failed(log, e.GetType().Name);
        }
    }

    static ThreatFormat FormatOf(string name) =>
        name.StartsWith("urlhaus", StringComparison.OrdinalIgnoreCase) ? ThreatFormat.UrlHaus
        : name.StartsWith("openphish", StringComparison.OrdinalIgnoreCase) ? ThreatFormat.OpenPhish
        : name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? ThreatFormat.Kev
        : ThreatFormat.Plain;

    [LoggerMessage(4805, LogLevel.Information, "{Files} threat feeds were loaded: {Entries} entries, {Skipped} lines skipped")]
    static partial void Loaded(ILogger logger, int files, int entries, int skipped);

    [LoggerMessage(4806, LogLevel.Warning, "Threat feeds could not be read ({Exception}); the ones from before stand")]
    static partial void Failed(ILogger logger, string exception);
}
