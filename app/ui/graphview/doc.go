// Package graphview is the canvas: one widget that shows the editor's scene
// and reports the pointer and the keys to the editor.
//
// The picture is painted in the background (package render/live) with a margin around
// what is seen. One canvas.Shader shows it; its uniforms are the camera, so
// panning and zooming move the last picture at once and the crisp one is swapped in when
// it is ready: first what the canvas shows, then the margin. While the camera moves on its own the picture of where
// it is heading is painted, once. While nodes move each picture is of the camera of its moment and stays as it is until the next. A Raster stands in for the Shader where the software painter of tests draws.
//
//	view.go      View: the widget, what it is made of, its size
//	picture.go   the picture on show and the uniforms of its Shader
//	shader.go    the programs that show it, by whole pixels and at any zoom
//	pointer.go   Fyne's pointer events as the editor's, with double clicks of our own
//	keys.go      keys as names of the action table
//	overlay.go   hover ring, rubber band, wire, tooltip
//	framelog.go  input-to-picture times as JSON lines
//
// Everything runs on the goroutine of the window.
package graphview
