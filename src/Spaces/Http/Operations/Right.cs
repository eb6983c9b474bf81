namespace Flatfile.Spaces.Http.Operations;

/// <summary>The least right an operation asks for. Only the rights in a space, viewer to owner, are steps of one ladder.</summary>
internal enum Right
{
    /// <summary>Nothing in the headers: the request proves itself otherwise, or needs no proof.</summary>
    Public,

    /// <summary>A publishable key, which may create a space and nothing else, or a secret one.</summary>
    Publishable,

    /// <summary>Any caller the server knows but a publishable key, for what is the caller's own.</summary>
    Caller,

    /// <summary>A user, or a key that acts as one: everybody but guests.</summary>
    User,

    /// <summary>Reading a space.</summary>
    Viewer,

    /// <summary>Records, files and jobs of a space.</summary>
    Editor,

    /// <summary>The make-up of a space and who may use it.</summary>
    Admin,

    /// <summary>Everything in a space, also its end.</summary>
    Owner,

    /// <summary>A secret key: everything in one environment.</summary>
    Environment,

    /// <summary>Everything in the account.</summary>
    Account,
}
