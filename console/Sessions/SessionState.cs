using Interven.Contracts.Access;
using Interven.Contracts.People;

namespace Interven.Console.Sessions;

/// <summary>Who is signed in, as far as the page knows. What is shown follows the same table that the API is guarded by; hiding protects nothing.</summary>
sealed class SessionState
{
    public event Action? Changed;

    /// <summary>Null until <c>/api/auth/me</c> has answered, and after signing out.</summary>
    public Me? Person { get; private set; }

    /// <summary>True once it is known whether somebody is signed in.</summary>
    public bool IsKnown { get; private set; }

    public bool May(Permission permission) => Person is { } person && permission.Allows(person.Role) && !(person.ReadOnly && permission.Changes);

    public void Begin(Me person) => Set(person);

    public void End() => Set(null);

    void Set(Me? person)
    {
        (Person, IsKnown) = (person, true);
        Changed?.Invoke();
    }
}
