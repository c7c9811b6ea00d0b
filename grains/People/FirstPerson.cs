namespace Interven.Grains.People;

/// <summary>What configuration may say of the first admin of a new installation.</summary>
public static class FirstPerson
{
    public static IEnumerable<string> Problems(string? email, string? password)
    {
        if (email is not null && Emails.Problem(email, "") is not null)
            yield return "INTERVEN_ADMIN_EMAIL is no e-mail address.";
        if (password is not null && Passwords.Problem(password, email ?? Tenants.FirstTenant.Email, "") is { } problem)
            yield return "INTERVEN_ADMIN_PASSWORD: " + problem.Message;
    }
}
