using Interven.Contracts.Errors;

namespace Interven.Grains.Settings;

static class OwnNames
{
    public static void Check(string? name, List<FieldError> problems)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > 100 || name.Any(char.IsControl))
            problems.Add(new("$.name", "A name of 1 to 100 characters is required."));
    }
}
