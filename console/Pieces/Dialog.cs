using MudBlazor;

namespace Interven.Console.Pieces;

/// <summary>The two sizes that dialogs have.</summary>
static class Dialog
{
    public static readonly DialogOptions Small = new() { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true };
    public static readonly DialogOptions Wide = new() { MaxWidth = MaxWidth.Medium, FullWidth = true, CloseOnEscapeKey = true };
}
