using System.Net.Mail;
using Interven.Contracts.Errors;

namespace Interven.Grains.People;

static class Emails
{
    public const int Longest = 254;

    public static FieldError? Problem(string? email, string path) =>
        email is { Length: <= Longest } && !email.Any(char.IsControl) && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email
            ? null : new(path, "An e-mail address is required.");
}
