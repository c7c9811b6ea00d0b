using Microsoft.AspNetCore.Components;

namespace Interven.Console.Pieces;

/// <summary>Filters live in the address: a view can be sent to a colleague, and Back undoes a filter.</summary>
sealed class Filters(NavigationManager navigation)
{
    public string? this[string name]
    {
        get => QueryOf().GetValueOrDefault(name);
        set => Set((name, value));
    }

    public bool Any(params string[] names) => names.Any(name => this[name] is { Length: > 0 });

    public void Set(params (string Name, string? Value)[] changes) => navigation.NavigateTo(navigation.GetUriWithQueryParameters(
        changes.ToDictionary(change => change.Name, change => string.IsNullOrEmpty(change.Value) ? null : (object?)change.Value)));

    public void Clear(params string[] names) => Set([.. names.Select(name => (name, (string?)null))]);

    /// <summary>A query string for the API of these filters and more; what is empty stays out.</summary>
    public static string Query(params (string Name, string? Value)[] parts)
    {
        var set = parts.Where(part => !string.IsNullOrEmpty(part.Value)).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}").ToList();
        return set.Count == 0 ? "" : "?" + string.Join('&', set);
    }

    Dictionary<string, string> QueryOf() => new Uri(navigation.Uri).Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
        .Select(pair => pair.Split('=', 2)).Where(pair => pair.Length == 2)
        .GroupBy(pair => Uri.UnescapeDataString(pair[0])).ToDictionary(group => group.Key, group => Uri.UnescapeDataString(group.First()[1].Replace('+', ' ')));
}
