module baken/bench/pages

go 1.26.0
