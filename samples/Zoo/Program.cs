using Samples;
using Samples.Zoo;

try
{
    ZooArguments arguments = ZooArguments.Parse(args);
    if (arguments.Help) Console.WriteLine(ZooArguments.Usage);
    else if (arguments.Image is not null) arguments.Networks[0].Classify(arguments, Console.Out);
    else foreach (ZooNetwork network in arguments.Networks) network.Show();
    return 0;
}
catch (ArgumentsException exception)
{
    Console.Error.WriteLine($"{exception.Message}\n\n{ZooArguments.Usage}");
    return 2;
}
catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
{
    // A missing or damaged file, or weights of another network: the message says which and what to do.
    Console.Error.WriteLine(exception.Message);
    return 1;
}
