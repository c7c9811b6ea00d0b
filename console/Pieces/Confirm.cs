using MudBlazor;

namespace Interven.Console.Pieces;

/// <summary>Asks before something that cannot be taken back, in words that say what it will do.</summary>
sealed class Confirm(IDialogService dialogs)
{
    static readonly DialogOptions Options = new() { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, CloseOnEscapeKey = true };

    /// <summary>The note (empty without one), or null where the person thought better of it.</summary>
    public async Task<string?> Ask(string title, string says, string verb, bool danger = true, string? note = null, string? typed = null)
    {
        var parameters = new DialogParameters<ConfirmDialog>
        {
            { dialog => dialog.Title, title }, { dialog => dialog.Says, says }, { dialog => dialog.Verb, verb }, { dialog => dialog.IsDanger, danger },
            { dialog => dialog.NoteLabel, note }, { dialog => dialog.Typed, typed },
        };
        var dialog = await dialogs.ShowAsync<ConfirmDialog>(title, parameters, Options);
        return await dialog.Result is { Canceled: false } result ? (string?)result.Data ?? "" : null;
    }
}
