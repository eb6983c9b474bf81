namespace Flatfile.Spaces.Http.Operations;

/// <summary>The least right an operation asks for.</summary>
internal enum Right
{
    /// <summary>Nothing in the headers: the request proves itself otherwise, or needs no proof.</summary>
    Public,

    /// <summary>Any caller the server knows, for what is the caller's own.</summary>
    Caller,

    /// <summary>A publishable key, or a secret one.</summary>
    Publishable,

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
