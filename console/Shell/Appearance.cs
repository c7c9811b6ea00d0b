using Interven.Console.Http;

namespace Interven.Console.Shell;

/// <summary>Light or dark: as the system has it, until somebody chooses.</summary>
sealed class Appearance(Browser browser)
{
    const string Key = "theme";

    public event Action? Changed;

    public bool IsDark { get; private set; }

    public async Task Load()
    {
        IsDark = await browser.Recall(Key) is { } chosen ? chosen == "dark" : await browser.PrefersDark();
        await Show();
    }

    public async Task Toggle()
    {
        IsDark = !IsDark;
        await browser.Keep(Key, IsDark ? "dark" : "light");
        await Show();
    }

    async Task Show()
    {
        await browser.Scheme(IsDark ? "dark" : "light");
        Changed?.Invoke();
    }
}
