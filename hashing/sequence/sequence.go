// Package sequence finds which stretch of one video shows the same as which
// stretch of another, by what moves in them, and which moment of a video a
// photograph shows.
//
// Start at [Shared] for two videos and at [Locate] for a photograph; both look
// at a [Reel], the video in small. [Panned] puts a video together that shows no
// more than one still picture, of which every moment is as good as another. How the pictures lie on each other comes from
// the caller: whole frames of a fixed camera all look alike, so that they tell
// the place but not the time. The background of each shot is taken out, and what
// is left is followed through both videos.
//
// It promises: a stretch rests on at least three moments that differ, in one
// order and at one speed, and on what moves agreeing by more than the takes of
// one scene do; logos, bars and captions that stay do not count, nor do
// brightness, contrast and fades; where nothing moves the stretch is called
// uncertain and no moment is made up. Nothing here opens a file.
package sequence
