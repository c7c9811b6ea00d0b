using MudBlazor;

namespace Interven.Console.Theme;

/// <summary>
/// Every colour and size of the console. Colour means something or is not there: success is ALLOW, info SANITIZE, warning REQUIRE_APPROVAL, error DENY,
/// and primary what can be pressed; the lighter ones fill charts and bars. Each text colour reaches 4.5:1 on background and surface, also on a tint of itself.
/// </summary>
static class ConsoleTheme
{
    static readonly string[] Sans = ["Inter", "ui-sans-serif", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Arial", "sans-serif"];

    public static MudTheme Theme { get; } = new()
    {
        PaletteLight = new PaletteLight
        {
            Primary = "#3446b8", PrimaryContrastText = "#ffffff", Secondary = "#5a6172", Tertiary = "#3446b8",
            Success = "#13693f", Info = "#0a617d", Warning = "#855000", Error = "#ae2419",
            SuccessLighten = "#8fc7a8", InfoLighten = "#3f93b0", WarningLighten = "#d9952b", ErrorLighten = "#cf4a3c",
            Background = "#f6f6f4", BackgroundGray = "#eeeeeb", Surface = "#ffffff", DrawerBackground = "#f0f0ed", DrawerText = "#23262d", DrawerIcon = "#5a6172",
            AppbarBackground = "#ffffff", AppbarText = "#1b1e25",
            TextPrimary = "#1b1e25", TextSecondary = "#5a6172", TextDisabled = "#878c98",
            ActionDefault = "#5a6172", ActionDisabled = "#a7abb4",
            LinesDefault = "#e3e3df", LinesInputs = "#8a8f9b", Divider = "#e3e3df", TableLines = "#ebebe7", TableHover = "#f3f3f0", TableStriped = "#fafaf8",
            OverlayDark = "rgba(20,22,28,0.45)",
        },
        PaletteDark = new PaletteDark
        {
            Primary = "#a3adff", PrimaryContrastText = "#14161b", Secondary = "#a0a7b4", Tertiary = "#a3adff",
            Success = "#63c794", Info = "#62c0d8", Warning = "#e6b04f", Error = "#f58d84",
            SuccessLighten = "#2f7a56", InfoLighten = "#3f9cb6", WarningLighten = "#d9a03d", ErrorLighten = "#e0675c",
            Background = "#121418", BackgroundGray = "#0e1013", Surface = "#191c21", DrawerBackground = "#15171c", DrawerText = "#dfe2e7", DrawerIcon = "#a0a7b4",
            AppbarBackground = "#191c21", AppbarText = "#e8eaee",
            TextPrimary = "#e8eaee", TextSecondary = "#a0a7b4", TextDisabled = "#717886",
            ActionDefault = "#a0a7b4", ActionDisabled = "#565c68",
            LinesDefault = "#2b2f37", LinesInputs = "#6b7280", Divider = "#2b2f37", TableLines = "#252930", TableHover = "#20242a", TableStriped = "#1c1f25",
            OverlayDark = "rgba(0,0,0,0.6)",
        },
        LayoutProperties = new LayoutProperties { DefaultBorderRadius = "6px", DrawerWidthLeft = "216px" },
        Typography = new Typography
        {
            Default = new DefaultTypography { FontFamily = Sans, FontSize = "13px", LineHeight = "1.45", LetterSpacing = "0" },
            H6 = new H6Typography { FontSize = "15px", FontWeight = "600", LineHeight = "1.4", LetterSpacing = "-0.005em" },
            Body1 = new Body1Typography { FontSize = "13px", LineHeight = "1.45", LetterSpacing = "0" },
            Body2 = new Body2Typography { FontSize = "12px", LineHeight = "1.45", LetterSpacing = "0" },
            Button = new ButtonTypography { FontSize = "13px", FontWeight = "500", TextTransform = "none", LetterSpacing = "0" },
        },
    };
}
