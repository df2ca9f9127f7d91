using NetGen;

namespace Samples.Zoo;

/// <summary>Two convolutions.</summary>
[Block]
[Conv2d(Width, 3, Padding = 1), ReLU, Conv2d(Width, 3, Padding = 1), ReLU]
internal static class ConvPair { public const int Width = 64; }

/// <summary>
/// U-Net: for every pixel of a grey image the logits of two classes. The convolutions have a border, so that the result is as large as the
/// image. Olaf Ronneberger, Philipp Fischer, Thomas Brox: U-Net, Convolutional Networks for Biomedical Image Segmentation, 2015.
/// </summary>
[Network(Training = false)]
[Input(1, 256, 256)]
[Use(typeof(ConvPair), Width = 64, Name = "down1"), MaxPool2d(2)]
[Use(typeof(ConvPair), Width = 128, Name = "down2"), MaxPool2d(2)]
[Use(typeof(ConvPair), Width = 256, Name = "down3"), MaxPool2d(2)]
[Use(typeof(ConvPair), Width = 512, Name = "down4"), MaxPool2d(2)]
[Use(typeof(ConvPair), Width = 1024, Name = "bottom")]
[ConvTranspose2d(512, 2, Stride = 2), Concat("down4"), Use(typeof(ConvPair), Width = 512, Name = "up4")]
[ConvTranspose2d(256, 2, Stride = 2), Concat("down3"), Use(typeof(ConvPair), Width = 256, Name = "up3")]
[ConvTranspose2d(128, 2, Stride = 2), Concat("down2"), Use(typeof(ConvPair), Width = 128, Name = "up2")]
[ConvTranspose2d(64, 2, Stride = 2), Concat("down1"), Use(typeof(ConvPair), Width = 64, Name = "up1")]
[Conv2d(2, 1, Name = "head")]
public sealed partial class UNet;
